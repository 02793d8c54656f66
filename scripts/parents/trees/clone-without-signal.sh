#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program clones a child with no exit signal, so that no SIGCHLD comes and waitpid(-1) does not see it.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit python3 -c '
import ctypes, os, time
if ctypes.CDLL(None).syscall(56, 0, 0, 0, 0, 0) == 0:
    os._exit(3)
time.sleep(1000000)'
zombie_of "$main"
await sleeps_in nanosleep "$main"
copy "$found"
