#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The main thread of a program has called pthread_exit. Another thread works on.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit python3 -c '
import ctypes, threading, time
threading.Thread(target=time.sleep, args=(1000000,)).start()
ctypes.PyDLL(None).PyEval_SaveThread()
ctypes.CDLL(None).pthread_exit(None)'
await is_zombie "$main"
copy "$main"
