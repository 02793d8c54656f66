#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# gdb started a program and is stopped, as by Ctrl-Z. The program has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

echo run > commands
unit gdb --quiet --nx --command=commands --args sleep 1000000
child_of "$main" sleep
child=$found
await sleeps_in nanosleep "$child"
kill -STOP "$main"
await in_state T "$main"
kill -KILL "$child"
await is_zombie "$child"
copy "$child"
