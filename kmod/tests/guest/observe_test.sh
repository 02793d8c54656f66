#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Counters, tracepoint and audit tell of the module's work:
# 1. the module reaps zombies, and refuses requests
# 2. all three say so
. ./lib.sh

stats=/sys/kernel/zreap/stats
tracing=/sys/kernel/tracing

counters_count() {
	reaped=$(cat "$stats"/reaped) alive=$(cat "$stats"/alive) gone=$(cat "$stats"/gone)
	start_parent 3
	echo "all min-age=0s parent=$parent" > /proc/zreap
	end_parent
	echo "$$ 4194304 4194304" > /proc/zreap
	[ "$(cat "$stats"/reaped)" -eq $((reaped + 3)) ] && [ "$(cat "$stats"/alive)" -eq $((alive + 1)) ] &&
		[ "$(cat "$stats"/gone)" -eq $((gone + 2)) ]
} 2> /dev/null

hold_is_told() {
	[ "$(cat "$stats"/longest_hold_ns)" -gt 0 ]
}

stats_are_read_only() {
	! { echo 0 > "$stats"/reaped; } 2> /dev/null &&
		[ "$(find /sys/kernel/zreap -type f ! -perm 0444)" = "" ]
}

# Without the names of tasks: for these the kernel would also trace each switch of tasks. To turn
# that on, it patches its scheduler while that runs, where QEMU 7.2 can hang.
start_trace() {
	echo 0 > "$tracing"/options/record-cmd
	echo > "$tracing"/trace
	echo 1 > "$tracing"/events/zreap/zreap_result/enable
}

end_trace() {
	echo 0 > "$tracing"/events/zreap/zreap_result/enable
}

tracepoint_fires() {
	[ -e "$tracing"/events ] || mount -t tracefs nodev "$tracing"
	start_parent 1
	pid=$(zombies_of "$parent")
	start_trace
	echo "release $pid dry-run" > /proc/zreap
	echo "$pid" > /proc/zreap
	end_trace
	end_parent
	grep -q "zreap_result: verb=release pid=$pid result=would-release errno=0 status=256 .* ppid=$parent " \
		"$tracing"/trace || return 1
	grep "zreap_result: verb=reap pid=$pid result=reaped errno=0 status=256 " "$tracing"/trace |
		grep -q " ppid=$parent comm=sh caller=$$ caller_uid=0"
}

# told_by PID EVENT: how many such events a task has told.
told_by() {
	grep -c -- "-$1 .* zreap_result: $2" "$tracing"/trace
}

# kzreapd does all of a list alone, however long, up to a line that it must not do.
each_line_has_its_carrier() {
	start_parent 400
	# shellcheck disable=SC2046 # a word each
	set -- $(zombies_of "$parent")
	start_trace
	{
		printf '%s\n' "${@:1:200}"
		echo "${@:201:198}"
		echo "release ${*:399:1}"
		echo "${@:400}"
	} > /tmp/text
	dd if=/tmp/text of=/proc/zreap bs=64K status=none &
	writer=$!
	wait "$writer"
	end_trace
	end_parent
	[ "$(grep -c 'zreap_result: verb=reap .*result=reaped ' "$tracing"/trace)" -eq 399 ] &&
		[ "$(told_by "$writer" 'verb=reap .*result=reaped ')" -lt 200 ] &&
		[ "$(told_by "$writer" 'verb=release .*result=released ')" -eq 1 ]
}

unloads_with_its_events() {
	rmmod zreap && ! [ -e "$tracing"/events/zreap ] && modprobe zreap
}

# Turn audit on or off: AUDIT_SET of the field "enabled", as auditctl -e does.
set_audit() {
	python3 - "$1" <<-PYTHON
		import socket, struct, sys
		AUDIT_SET, REQUEST_ACK, ENABLED = 1001, 5, 1
		status = struct.pack("=11I", ENABLED, int(sys.argv[1]), *[0] * 9)
		link = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 9)
		link.send(struct.pack("=IHHII", 16 + len(status), AUDIT_SET, REQUEST_ACK, 1, 0) + status)
		error = struct.unpack_from("=i", link.recv(4096), 16)[0]
		sys.exit(error)
	PYTHON
}

# Without an audit daemon the kernel prints the records.
audit_records() {
	set_audit 1
	echo "$$ 4194304" > /proc/zreap
	set_audit 0
	dmesg | tail -n 20 | grep "audit: type=2000 .*op=zreap pid=$$ uid=0 auid=[0-9]* ses=[0-9]* " |
		grep -q " comm=\"observe_test.sh\" gone=1 alive=1"
} 2> /dev/null

it "counters count" counters_count
it "the longest hold is told" hold_is_told
it "stats are read-only" stats_are_read_only
it "the tracepoint fires" tracepoint_fires
it "each line has its carrier" each_line_has_its_carrier
it "the module unloads with its events" unloads_with_its_events
it "audit has a record" audit_records
finish
