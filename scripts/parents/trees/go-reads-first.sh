#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in Go reads a pipe of its child to the end before it calls Wait. A daemon that the child started holds the
# pipe.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit "$programs/go-reads-first"
zombie_of "$main"
await in_state S "$main"
copy "$found"
