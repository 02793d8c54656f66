#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# gdb has attached to the parent and holds it. A child of that has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit perl -e 'fork or exec "sleep", "1000000"; sleep'
traced=$main
child_of "$traced" sleep
child=$found
unit_named "$tree-gdb" sh -c "sleep infinity | gdb --quiet --nx --pid=$traced"
await in_state t "$traced"
kill "$child"
await is_zombie "$child"
copy "$child"
