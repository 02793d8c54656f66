#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The way operators use it:
# 1. a shell leaves zombies behind under a process that does not wait
# 2. cat, echo, ps and awk list and reap them
# 3. the shell and the kernel log say what went wrong
. ./lib.sh

echo_reaps() {
	start_parent 1
	pid=$(zombies_of "$parent")
	is_zombie "$pid" && echo "$pid" > /proc/zreap && [ -z "$(state "$pid")" ] &&
		[ "$(state "$parent")" = S ]
	result=$?
	end_parent
	return "$result"
}

printf_reaps() {
	start_parent 1
	pid=$(zombies_of "$parent")
	printf %s "$pid" > /proc/zreap && [ -z "$(state "$pid")" ]
	result=$?
	end_parent
	return "$result"
}

ps_and_awk_reap() {
	start_parent 1500
	ps -o pid=,stat= --ppid "$parent" | awk '$2 ~ /^Z/ { print $1 }' > /proc/zreap &&
		has_zombies "$parent" 0
	result=$?
	end_parent
	return "$result"
}

# As in docs/proc-interface.md. One of the first hundred is alive: its refusal must not stop the others.
ps_and_xargs_reap() {
	start_parent 300
	(echo "$$" && zombies_of "$parent") | xargs -rn 100 sh -c 'echo "$* min-age=0s" > /proc/zreap' sh 2> /dev/null
	has_zombies "$parent" 0
	result=$?
	end_parent
	return "$result"
}

ps_alone_reaps() {
	start_parent 3
	ps -o pid= --ppid "$parent" > /proc/zreap && has_zombies "$parent" 0
	result=$?
	end_parent
	return "$result"
}

rows_by_redirection() {
	start_parent 2
	exec 3<> /proc/zreap
	zombies_of "$parent" >&3
	result=$(awk '{ print $2 }' <&3 | xargs)
	exec 3>&-
	end_parent
	[ "$result" = "RESULT reaped reaped" ]
}

# The shell cuts a long line; none of its pieces may run.
long_echo_fails_whole() {
	start_parent 1500
	# shellcheck disable=SC2046,SC2005 # one long line is the point
	error=$(echo $(zombies_of "$parent") 2>&1 > /proc/zreap)
	has_zombies "$parent" 1500
	result=$?
	end_parent
	[ "$result" -eq 0 ] && [[ $error == *"Invalid argument"* ]]
}

says_why_not() {
	[[ $( { echo "$$" > /proc/zreap; } 2>&1) == *"Device or resource busy"* ]] &&
		[[ $( { echo 4194304 > /proc/zreap; } 2>&1) == *"No such process"* ]] &&
		[[ $( { echo -- -1 > /proc/zreap; } 2>&1) == *"Invalid argument"* ]]
}

# The log's rate is limited; a new module begins anew.
reload() {
	rmmod zreap && modprobe zreap
}

log_tells_of_unfinished_line() {
	reload
	printf '4194304 4194304\n12' > /proc/zreap
	await log_has "shell_test.sh\[$$\]: .*its last 2 bytes were not run"
}

log_tells_who_asked() {
	reload
	echo "$$ 4194304" > /proc/zreap 2>/dev/null
	await log_has "zreap: shell_test.sh\[$$\] uid 0: 2 targets, 1 gone, 1 alive"
}

# explains SHELL TEXT WORD ADVICE: the module refuses that shell's echo, and the log says why.
explains() {
	# shellcheck disable=SC2016 # expanded by that shell
	! "$1" -c 'printf "$1\n" > /proc/zreap' "$1" "$2" 2> /dev/null &&
		await log_has "zreap: $1\[[0-9]*\] wrote \"$3\" in line [12]: $4. This write did nothing$"
}

log_explains_malformed_requests() {
	reload
	for shell in dash bash; do
		explains "$shell" 152,153 152,153 "separate PIDs by blanks" &&
			explains "$shell" all all "all wants min-age, as in all min-age=60s" &&
			explains "$shell" 'all min-age=60' min-age=60 "a duration wants a unit: .*" &&
			explains "$shell" '152\n153\r' '153\\015' "the line ends in CR LF: .*" &&
			explains "$shell" '  PID TTY' PID "this is a header line of a listing: leave it out" ||
			return 1
	done
}

# Ten lines in five seconds, then the number of the others, at the latest before the module has gone.
log_counts_what_it_leaves_out() {
	reload
	for _ in $(seq 100); do
		echo x > /proc/zreap
	done
	echo "$$ 4194304 4194304" > /proc/zreap
	await log_has "zreap: shell_test.sh\[$$\] uid 0: 3 targets, 2 gone, 1 alive"
	reload
	log_has "zreap: left out [0-9]* more lines about malformed requests"
} 2> /dev/null

is_gone() {
	[ -z "$(state "$1")" ]
}

# Half of the number comes through the pipe first.
half_a_bare_pid_is_a_pid() {
	reload
	start_parent 1
	pid=$(zombies_of "$parent")
	! (printf %s "$pid" && await is_gone "$pid" && echo 99) | cat > /proc/zreap 2> /dev/null &&
		await log_has "zreap: cat\[[0-9]*\] wrote more after a PID without LF: that PID was a complete request"
	result=$?
	end_parent
	return "$result"
}

# As above, but with the verb in front; cat ends at the refusal.
half_a_line_with_its_verb_is_none() {
	start_parent 1
	pid=$(zombies_of "$parent")
	mkfifo /tmp/cut
	cat < /tmp/cut > /proc/zreap 2> /tmp/error &
	cat=$!
	exec 4> /tmp/cut
	printf 'reap %s' "$pid" >&4
	! wait "$cat" && grep -q "Invalid argument" /tmp/error && is_zombie "$pid" &&
		await log_has \
			"zreap: cat\[$cat\] wrote \"$pid\" in line 1: end the line with LF. This write did nothing"
	result=$?
	exec 4>&-
	end_parent
	rm /tmp/cut /tmp/error
	return "$result"
}

it "echo PID reaps, and the parent lives on" echo_reaps
it "printf PID reaps" printf_reaps
it "ps | awk reaps 1,500" ps_and_awk_reap
it "xargs reaps 300 around one that lives" ps_and_xargs_reap
it "ps -o pid= reaps, blanks and all" ps_alone_reaps
it "rows are read from the file that was written" rows_by_redirection
it "a long echo fails whole" long_echo_fails_whole
it "the shell says why not" says_why_not
it "the log tells of a line without an end" log_tells_of_unfinished_line
it "the log tells who asked" log_tells_who_asked
it "the log explains malformed requests, whichever the shell" log_explains_malformed_requests
it "the log counts what it leaves out" log_counts_what_it_leaves_out
it "half a bare PID is a PID" half_a_bare_pid_is_a_pid
it "half a line with its verb is none" half_a_line_with_its_verb_is_none
finish
