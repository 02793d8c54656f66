#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# strace is attached to the child of another program, and is stopped. That child has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit perl -e 'fork or exec "sleep", "1000000"; 1 while waitpid(-1, 0) > 0; sleep'
child_of "$main" sleep
child=$found
unit_named "$tree-strace" strace --output=/dev/null --attach="$child"
strace=$main
is_traced() { grep -q "^TracerPid:.$strace\$" "/proc/$child/status"; }
await is_traced
kill -STOP "$strace"
await in_state T "$strace"
kill -KILL "$child"
await is_zombie "$child"
copy "$child"
