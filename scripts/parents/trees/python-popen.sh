#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in Python starts a child by subprocess, and neither polls nor waits.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit python3 -c '
import subprocess, time
child = subprocess.Popen(["true"])
time.sleep(1000000)'
zombie_of "$main"
await sleeps_in nanosleep "$main"
copy "$found"
