#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A unit may have fewer processes than Java needs threads: the command says so, and names the limit.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u

# in_unit TASKS COMMAND...: the command, as a unit that may have so many processes and threads.
in_unit() {
	systemd-run --quiet --wait --pipe --collect --unit=narrow --property="TasksMax=$1" "${@:2}"
}

refuses() {
	told=$(in_unit 12 zreap list 2>&1)
	[ $? -eq 6 ] && echo "$told" && echo "$told" | grep -q ' of 12 are in use (.*/narrow.service/pids.max)'
}

it 'zreap refuses where a unit has no room for Java' refuses
it 'zreap list works where it has room' in_unit 200 zreap list
finish
