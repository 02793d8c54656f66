#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Zombies as a host has them: of a systemd unit, of a job of cron, and of a login over ssh.
# 1. zreap list shows them; zreap why says where they come from
# 2. echo, zreap reap and zreap sweep each remove those of one parent, and the parents live on
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u

# The parent of three zombies tells its PID, and never waits. It is not in /run: nothing there can be executed.
cat > /root/make-zombies <<'END'
#!/usr/bin/perl
fork or exit $_ for 1 .. 3;
open my $told, '>', "/run/zombies-of-$ARGV[0]";
print $told "$$\n";
close $told;
sleep;
END
chmod 755 /root/make-zombies
rm -f /run/zombies-of-*

start_unit() {
	systemd-run --quiet --collect --unit=zombies-of-unit /root/make-zombies unit
}

start_cron() {
	echo '* * * * * root test -e /run/zombies-of-cron || exec /root/make-zombies cron' > /etc/cron.d/zombies
}

start_login() {
	[ -e /root/.ssh/id_ed25519 ] || ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
	cp /root/.ssh/id_ed25519.pub /root/.ssh/authorized_keys
	systemd-run --quiet --collect --unit=ssh-client --setenv=HOME=/root \
		ssh -o StrictHostKeyChecking=accept-new -o BatchMode=yes root@localhost /root/make-zombies login
}

# known MAKER: its parent has told its PID, which then is in $parent, and has three zombies.
known() {
	await test -s "/run/zombies-of-$1" && parent=$(cat "/run/zombies-of-$1") &&
		await has_zombies "$parent" 3 && await rests "$parent"
}

# rests PID: whether it sleeps, which a sweep does not take for busy.
rests() {
	[ "$(state "$1")" = S ]
}

lists() {
	listed=$(zreap list) && [ "$(echo "$listed" | grep -c " $1 ")" -eq 3 ]
}

# why PARENT WORD: zreap why names it for a zombie of that parent.
why() {
	told=$(zreap why "$(zombies_of "$1" | head -n 1)") && echo "$told" && echo "$told" | grep -q -- "$2"
}

gone() {
	await has_zombies "$1" 0 && [ "$(state "$1")" = S ]
}

by_echo() {
	zombies_of "$1" > /proc/zreap && gone "$1"
}

by_reap() {
	# shellcheck disable=SC2046 # a list of numbers
	zreap reap $(zombies_of "$1") && gone "$1"
}

by_sweep() {
	zreap sweep --min-age=0s --parent="$1" && gone "$1"
}

# try MAKER WORD WAY
try() {
	it "$1: a parent has three zombies" known "$1"
	it "$1: zreap list shows them" lists "$parent"
	it "$1: zreap why names $2" why "$parent" "$2"
	it "$1: $3 removes them, and the parent lives" "$3" "$parent"
	kill "$parent"
}

it 'a systemd unit, a job of cron and a login are started' eval 'start_unit && start_cron && start_login'
try unit zombies-of-unit.service by_echo
try cron cron.service by_reap
try login session- by_sweep
rm -f /etc/cron.d/zombies /root/make-zombies
finish
