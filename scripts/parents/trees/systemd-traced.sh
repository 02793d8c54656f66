#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# gdb has attached to systemd, process 1 of the host, and holds it. A service of it has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit sleep 1000000
child=$main
mkfifo commands
gdb --quiet --nx --pid=1 < commands > gdb.log 2>&1 &
gdb=$!
exec 3> commands
await in_state t 1
kill -KILL "$child"
await is_zombie "$child"
copy "$child"
exec 3>&-
wait "$gdb"
