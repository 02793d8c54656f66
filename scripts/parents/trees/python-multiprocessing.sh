#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in Python starts a process by multiprocessing, and never joins it.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > main.py <<'END'
import multiprocessing
import threading

def work():
    pass

if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    multiprocessing.Process(target=work).start()
    threading.Event().wait()
END
unit python3 main.py
zombie_of "$main"
await sleeps_in futex "$main"
copy "$found"
