#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# strace is attached to the parent, and is stopped, as by Ctrl-Z. So the parent does not get beyond its next system
# call. A child of it has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit perl -e 'fork or exec "sleep", "1000000"; sleep 1 while 1'
traced=$main
child_of "$traced" sleep
child=$found
unit_named "$tree-strace" strace --output=/dev/null --attach="$traced"
is_traced() { grep -q "^TracerPid:.$main$" "/proc/$traced/status"; }
await is_traced
kill -STOP "$main"
await in_state T "$main"
await in_state t "$traced"
kill "$child"
await is_zombie "$child"
copy "$child"
