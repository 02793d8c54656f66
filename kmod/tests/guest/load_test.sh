#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Loading and unloading:
# 1. with every way to find the kernel's symbols, and with wrong parameters
# 2. 200 times, half of them under fire: writers, readers and holders of open files
# 3. the file is there exactly when it should be, and the log says why it is not
. ./lib.sh

has_files() {
	[ -e /proc/zreap ] && [ -e /proc/zreap_recent ]
}

has_no_files() {
	! [ -e /proc/zreap ] && ! [ -e /proc/zreap_recent ]
}

threads_are() {
	[ "$(cat /proc/[0-9]*/comm 2> /dev/null | grep -c '^kzreapd/')" -eq "$1" ]
}

is_loaded() {
	has_files && threads_are 5
}

is_unloaded() {
	has_no_files && threads_are 0
}

reaps() {
	start_parent 1
	zombies_of "$parent" > /proc/zreap && has_zombies "$parent" 0
	result=$?
	end_parent
	return "$result"
}

address() {
	awk -v name="$1" '$3 == name { print "0x" $1 }' /proc/kallsyms
}

loads_with() {
	rmmod zreap && modprobe zreap "$@" && is_loaded && reaps
}

# refuses_with SENTENCE PARAMETER...: loading fails and leaves nothing behind; then load it as it was.
refuses_with() {
	sentence=$1
	shift
	rmmod zreap
	! modprobe zreap "$@" 2> /dev/null && is_unloaded && dmesg | tail -n 3 | grep -q "$sentence"
	result=$?
	modprobe zreap
	return "$result"
}

load_100_times() {
	for _ in $(seq 100); do
		rmmod zreap && has_no_files && modprobe zreap && has_files || return
	done
	is_loaded
}

write_and_read_on() {
	while [ -e "$1" ]; do
		printf '%s\n' 1 4194304 2 3 > /proc/zreap
		cat /proc/zreap /proc/zreap_recent > /dev/null
	done 2> /dev/null
}

hold_files_on() {
	while [ -e "$1" ]; do
		exec 3<> /proc/zreap && for i in $(seq 20); do
			echo "$i" >&3
			head -n 1 <&3
		done
		exec 3>&-
	done > /dev/null 2>&1
}

loads_under_fire() {
	flag=$(mktemp)
	write_and_read_on "$flag" &
	hold_files_on "$flag" &
	hold_files_on "$flag" &
	load_100_times
	result=$?
	rm "$flag"
	wait
	return "$result"
}

open_file_outlives_the_module() {
	exec 3<> /proc/zreap
	rmmod zreap
	! { echo 1 >&3; } 2> /dev/null && ! head -c 1 <&3 > /dev/null 2>&1
	result=$?
	exec 3>&-
	modprobe zreap
	return "$result"
}

lock_batch=/sys/module/zreap/parameters/lock_batch

lock_batch_has_bounds() {
	! { echo 0 > "$lock_batch"; } 2> /dev/null && ! { echo 1025 > "$lock_batch"; } 2> /dev/null &&
		! { echo -1 > "$lock_batch"; } 2> /dev/null && ! { echo x > "$lock_batch"; } 2> /dev/null &&
		[ "$(cat "$lock_batch")" = 32 ] && echo 1 > "$lock_batch" && reaps && echo 1024 > "$lock_batch" &&
		reaps && echo 32 > "$lock_batch"
}

recent_is_a_ring() {
	rmmod zreap && modprobe zreap recent=3 && start_parent 1 || return
	zombie=$(zombies_of "$parent")
	echo "$zombie" > /proc/zreap
	for pid in 1 2 3 4 5; do
		echo "$pid" > /proc/zreap
	done 2> /dev/null
	end_parent
	result=$(awk 'NR > 1 { print $5 }' /proc/zreap_recent | xargs)
	rmmod zreap && modprobe zreap && [ "$result" = "$zombie 3 4 5" ]
}

it "finds the symbols by kprobes" loads_with
it "finds tasklist_lock by scanning" loads_with tasklist_lock=scan
it "takes addresses" loads_with "tasklist_lock=$(address tasklist_lock)" \
	"kernel_wait4=$(address kernel_wait4)" "release_task=$(address release_task)"
it "refuses a wrong address of data" refuses_with \
	'the address given for tasklist_lock is wrong: it belongs to [a-z_0-9]*+0x0/0x' \
	"tasklist_lock=$(address init_task)"
it "refuses another function's address" refuses_with \
	'the address given for kernel_wait4 is wrong: it belongs to kernel_wait+0x0/0x' \
	"kernel_wait4=$(address kernel_wait)"
it "refuses an address within the function" refuses_with \
	'the address given for release_task is wrong: it is 4 bytes behind the start' \
	"release_task=$(printf '0x%x' $(($(address release_task) + 4)))"
it "refuses a function that is a module's on most kernels" refuses_with \
	'the address given for kernel_wait4 is wrong: it belongs to p9_client_create+0x0/0x' \
	"kernel_wait4=$(address p9_client_create)"
it "refuses an address where nothing is" refuses_with \
	'the address given for kernel_wait4 is wrong: the kernel has no name for that address' kernel_wait4=0x1000
it "refuses a value that is not an address" refuses_with \
	'the value given for kernel_wait4 is not an address' kernel_wait4=here
it "refuses recent=0" refuses_with 'recent=0 is not 1 to 1048576' recent=0
it "refuses lock_batch=0" refuses_with 'lock_batch' lock_batch=0
it "lock_batch has bounds" lock_batch_has_bounds
it "keeps the last results, and refusals push out no exit status" recent_is_a_ring
it "an open file outlives the module, and does nothing" open_file_outlives_the_module
it "100 loads and unloads" load_100_times
it "100 loads and unloads under fire" loads_under_fire
finish
