#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

check() {
	engine_exec sh -c "sh -c 'sleep 0.5; echo ended > $shared/ended' >/dev/null 2>&1 & exit 0"
}

three_checks() {
	check && check && check
}

must 'a container runs' start -- sleep infinity
must 'three health checks pass' three_checks
must 'each leaves a zombie' await has_zombies "$main" 3
it 'zreap why tells the cause and the fix' why "$(first_zombie "$main")" 'it is given every orphan there' "$init_fix"
it 'a sweep takes them' zreap sweep --min-age=0s "--parent=$main"
it 'they are gone, and process 1 lives' reaped "$main"
must 'the fix: an init' start --init -- sleep infinity
must 'a health check passes' check
it 'no zombie stays' stays_clean
finish
