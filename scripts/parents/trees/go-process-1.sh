#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A container without an init runs a program in Go, which waits for its child. The child left an orphan, which ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

mounts+=(/mnt)
docker_run -- "$programs/go-waits"
zombie_of "$main"
await in_state S "$main"
copy "$found"
