#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in Python calls posix_spawn, which opens a fifo that nobody else opens. An earlier child has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

mkfifo gate
unit python3 -c '
import os
if os.fork() == 0:
    os._exit(3)
opens = [(os.POSIX_SPAWN_OPEN, 9, "gate", os.O_RDONLY, 0)]
os.posix_spawn("/bin/true", ["true"], os.environ, file_actions=opens)'
zombie_of "$main"
await in_state D "$main"
copy "$found"
