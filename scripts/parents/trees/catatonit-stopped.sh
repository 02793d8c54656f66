#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# catatonit, process 1 of a PID namespace, is stopped. An orphan that it was given has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit unshare --pid --fork --kill-child catatonit -- sh -c '(sleep 1000000 &); exec sleep 1000001'
child_of "$main" catatonit
init=$found
await has_children 2 "$init"
kill -STOP "$init"
await in_state T "$init"
kill "$(children "$init" | cut -d ' ' -f 2)"
zombie_of "$init"
copy "$found"
