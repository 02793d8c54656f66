#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Two children of a program in Perl ended while it was stopped. One SIGCHLD told of both, and its handler waits once.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

# shellcheck disable=SC2016 # for the program
unit perl -e '
$SIG{CHLD} = sub { wait };
for (1 .. 2) { if (!fork) { exec "sleep", "1000000" } }
sleep 1 while 1'
child_of "$main" sleep
await has_children 2 "$main"
both=$(children "$main")
for child in $both; do
	await is_named sleep "$child"
done
kill -STOP "$main"
await in_state T "$main"
# shellcheck disable=SC2086 # two numbers
kill $both
for child in $both; do
	await is_zombie "$child"
done
kill -CONT "$main"
has_one_child() { [ "$(children "$main" | wc -w)" = 1 ]; }
await has_one_child
await sleeps_in nanosleep "$main"
zombie_of "$main"
copy "$found"
