#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in Python waits for its second child. The first has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit python3 -c '
import subprocess
first = subprocess.Popen(["true"])
subprocess.Popen(["sleep", "1000000"]).wait()'
zombie_of "$main"
await sleeps_in do_wait "$main"
copy "$found"
