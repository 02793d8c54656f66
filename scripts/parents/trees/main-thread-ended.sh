#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The main thread of a program has ended alone, by the system call exit. Another thread works on.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit python3 -c '
import ctypes, threading, time
threading.Thread(target=time.sleep, args=(1000000,)).start()
ctypes.CDLL(None).syscall(60, 0)'
await is_zombie "$main"
copy "$main"
