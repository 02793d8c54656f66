# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
# Helpers for the guest tests in shell: TAP, zombies, the kernel log. Source it.

tests=0
failures=0

# it NAME COMMAND...: one test; passed if the command succeeds.
it() {
	tests=$((tests + 1))
	name=$1
	shift
	if "$@"; then
		echo "ok $tests - $name"
	else
		echo "not ok $tests - $name"
		failures=$((failures + 1))
	fi
}

# finish: the plan, and the exit status.
finish() {
	echo "1..$tests"
	[ "$failures" -eq 0 ]
	exit
}

# await COMMAND...: run it until it succeeds; fail after about a minute.
await() {
	tries=600
	until "$@"; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || return 1
		sleep 0.1
	done
}

# log_has PATTERN: whether one of the last lines of the kernel log matches. A line of the module
# may come after its answer: await log_has.
log_has() {
	dmesg | tail -n 50 | grep -q -- "$1"
}

# state PID: the state letter, nothing if there is no such process.
state() {
	sed -n 's/^State:\t\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null
}

is_zombie() {
	[ "$(state "$1")" = Z ]
}

# zombies_of PID: the PIDs of its zombie children.
zombies_of() {
	awk -v ppid="$1" 'NR > 1 && $2 == ppid { print $1 }' /proc/zreap
}

has_zombies() {
	[ "$(zombies_of "$1" | wc -l)" -eq "$2" ]
}

# sleeps PID: whether it has become a sleep(1) and sleeps, which a sweep does not take for busy.
sleeps() {
	[ "$(state "$1")" = S ] && [ "$(cat "/proc/$1/comm")" = sleep ]
}

# start_parent N: a parent of N zombies that does not wait; sets $parent.
start_parent() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	sh -c 'for i in $(seq "$1"); do (exit "$((i % 256))") & done; exec sleep 10000' sh "$1" &
	parent=$!
	await has_zombies "$parent" "$1" && await sleeps "$parent"
}

end_parent() {
	kill "$parent"
	wait "$parent"
	return 0
}
