#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A command has ended, but a daemon that it started holds its output. Python reads that to its end first.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit python3 -c '
import subprocess
subprocess.check_output(["sh", "-c", "sleep 1000000 & exit 3"])'
zombie_of "$main"
await sleeps_in pipe_read "$main"
copy "$found"
