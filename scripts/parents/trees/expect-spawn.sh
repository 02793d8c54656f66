#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in Expect reads its child to the end, and does not wait.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit expect -c 'spawn true; expect eof; while {1} { sleep 1000 }'
zombie_of "$main"
await in_state S "$main"
copy "$found"
