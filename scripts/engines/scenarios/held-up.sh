#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

# A process of this host starts one in the container, and never waits.
start_intruder() {
	nsenter --target "$main" --pid --no-fork -- perl -e 'fork or exec "sleep", "infinity"; sleep' &
	intruder=$!
	await child_of_intruder
}

child_of_intruder() {
	child=$(pgrep --parent "$intruder" sleep)
}

has_ended() {
	! engine_runs
}

must 'a container runs' start -- sleep infinity
must 'a process outside starts one in it' start_intruder
it 'process 1 is killed' kill -KILL "$main"
it 'its child of a parent outside is a zombie' await is_zombie "$child"
it 'zreap why says what it holds up' why "$child" 'holds up' 'The end of its container waits for it'
it 'the container has not ended' [ -e "/proc/$main" ]
it 'the command that it gives works' why_reaps
began=$(date +%s%N)
it 'process 1 is gone' await is_gone "$main"
echo "# process 1 gone $((($(date +%s%N) - began) / 1000000)) ms after the reap"
it 'the engine sees the end' await has_ended
kill "$intruder"
finish
