#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# gdb is attached to the child of another program, and is stopped, as by Ctrl-Z. That child has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit perl -e 'fork or exec "sleep", "1000000"; 1 while waitpid(-1, 0) > 0; sleep'
child_of "$main" sleep
child=$found
echo continue > commands
unit_named "$tree-gdb" gdb --quiet --nx --command=commands --pid="$child"
# What it has attached to goes on.
is_traced() { grep -q "^TracerPid:.$main$" "/proc/$child/status" && in_state S "$child"; }
await is_traced
kill -STOP "$main"
await in_state T "$main"
kill -KILL "$child"
await is_zombie "$child"
copy "$child"
