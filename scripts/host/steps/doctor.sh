#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What zreap doctor says where the module is loaded, to whom it does not serve, and where it is not loaded. Each line
# that it gives is tried.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u

# says STATUS WORDS COMMAND...: zreap doctor, started by the command, ends with this status, and says the words.
says() {
	status=$1 words=$2
	shift 2
	told=$("$@" 2>&1)
	[ $? -eq "$status" ] && [[ $told = *"$words"* ]] && return
	echo "$told"
	return 1
}

# all_is_well COMMAND...
all_is_well() {
	says 0 yes "$@" && [[ $told != *problem:* ]] && return
	echo "$told"
	return 1
}

# helps: the line that it has just given, for the last problem.
helps() {
	eval "$(echo "$told" | sed -n 's/^do: *//p' | tail -n 1)"
}

as_nobody() {
	setpriv --reuid=nobody --regid=nogroup --clear-groups -- "$@"
}

it 'all is well' all_is_well zreap doctor
it 'a user hears that the modes of the file keep him out' \
	says 4 'the modes of /proc/zreap keep this process out' as_nobody zreap doctor
it 'and sees the zombies still' as_nobody zreap list
it 'a process without CAP_KILL hears that' \
	says 4 'lacks CAP_KILL' setpriv --bounding-set=-kill --inh-caps=-kill -- zreap doctor
it 'in another network namespace it says so, and that /proc/zreap works' \
	says 0 'its own is not that of process 1' unshare --net zreap doctor
it 'there the line that it gives works' \
	unshare --net nsenter --net=/proc/1/ns/net zreap list --transport=netlink
it 'a mask of modules-load.d' ln -s /dev/null /etc/modules-load.d/zreap.conf
it 'it names the mask' says 0 'leads to /dev/null' zreap doctor
it 'the line that it gives removes the mask' eval 'rm /etc/modules-load.d/zreap.conf'
it 'a blacklist of modprobe.d' eval 'echo "blacklist zreap" > /etc/modprobe.d/no-zreap.conf'
it 'it names the blacklist' says 0 /etc/modprobe.d/no-zreap.conf zreap doctor
rm /etc/modprobe.d/no-zreap.conf
it 'the module is unloaded' rmmod zreap
it 'it says that the module is not loaded' says 3 'not loaded' zreap doctor
it 'the line that it gives loads it' helps
it 'all is well again' all_is_well zreap doctor
finish
