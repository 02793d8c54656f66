#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

orphan="(sh -c 'sleep 1; echo ended > $shared/ended' &)"

must 'process 1 is given an orphan' starts_with 1 -- sh -c "$orphan; exec sleep infinity"
it 'zreap why tells the cause and the fix' why "$(first_zombie "$main")" 'it is given every orphan there' "$init_fix"
it 'the zombie can be reaped, and process 1 lives' reap "$main"
must 'the fix: an init' start --init -- sh -c "$orphan; exec sleep infinity"
it 'no zombie stays' stays_clean
finish
