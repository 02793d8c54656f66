#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

apparmor=$(realpath "$(dirname "$0")/../../../deploy/apparmor")

reload() {
	rmmod zreap_jiangshi 2>/dev/null
	rmmod zreap && modprobe zreap "$@" && modprobe zreap_jiangshi
}

# inner PID: its number in the container.
inner() {
	awk '/^NSpid:/ { print $NF }' "/proc/$1/status"
}

first_inner() {
	inner "$(first_zombie "$main")"
}

says_what_denies() {
	! says engine_exec zreap reap "$(first_inner)" -- \
		"AppArmor's profile $profile" 'echo 1 > /proc/PID/kill-if-jiangshi' && [ "$status" -eq 4 ]
}

reaps_by_command() {
	engine_exec zreap reap "$(first_inner)"
}

is_refused() {
	zombie=$(first_zombie "$main") &&
		! engine_exec sh -c "echo 1 > /proc/$(inner "$zombie")/kill-if-jiangshi" && has_zombies "$main" 3
}

reaps_by_file() {
	zombie=$(first_zombie "$main") &&
		engine_exec sh -c "echo 1 > /proc/$(inner "$zombie")/kill-if-jiangshi" && await is_gone "$zombie"
}

must 'the module is loaded with allow_pidns=1' reload allow_pidns=1
must 'process 1 has three zombies' starts_with 3 -- "${deaf[@]}"
if [ "$proc_zreap" = allowed ]; then
	it 'zreap reaps in the container' reaps_by_command
else
	it 'zreap says that AppArmor denies /proc/zreap, and what works' says_what_denies
fi
it 'kill-if-jiangshi works in the container' reaps_by_file
it 'process 1 lives' rests "$main"
if [ "$proc_zreap" = denied ]; then
	must 'the profile zreap-container is loaded' apparmor_parser --replace "$apparmor/zreap-container"
	must 'under it: process 1 has three zombies' \
		starts_with 3 --security-opt=apparmor=zreap-container -- "${deaf[@]}"
	it 'under it: zreap reaps in the container' reaps_by_command
fi
if [ "${#user_namespace[@]}" -gt 0 ]; then
	must 'with a user namespace: process 1 has three zombies' starts_with 3 "${user_namespace[@]}" -- "${deaf[@]}"
	it 'with a user namespace: kill-if-jiangshi works' reaps_by_file
fi
must 'read-only: process 1 has three zombies' starts_with 3 --read-only -- "${deaf[@]}"
it 'read-only: kill-if-jiangshi works' reaps_by_file
must 'without CAP_KILL: process 1 has three zombies' starts_with 3 --cap-drop=KILL -- "${deaf[@]}"
it 'without CAP_KILL: kill-if-jiangshi is refused' is_refused
remove
must 'the module is loaded without it' reload
finish
