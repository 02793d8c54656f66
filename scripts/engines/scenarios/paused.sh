#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

child_of_main() {
	child=$(pgrep --parent "$main" sleep)
}

gets_status() {
	told_in status && [ "$(cat "$shared/status")" = 137 ]
}

# 128 + 9 after SIGKILL.
program="sleep infinity & wait \$!; echo \$? > $shared/status; exec sleep infinity"

must 'process 1 waits for its child' start -- sh -c "$program"
must 'the child runs' await child_of_main
must 'the container is paused' engine_pause
it 'the child is killed' kill -KILL "$child"
it 'it is a zombie' await is_zombie "$child"
it 'zreap why says how to go on' why "$child" frozen "$thaw_fix"
it 'a sweep spares it' says zreap sweep --min-age=0s "--parent=$main" -- parent-stopped
it 'it is still a zombie' is_zombie "$child"
it 'the container goes on' engine_unpause
it "the parent gets the child's real status" gets_status
finish
