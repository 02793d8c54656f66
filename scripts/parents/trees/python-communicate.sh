#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A command has ended, but a daemon that it started holds its output. Python reads both outputs by poll first.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit python3 -c '
import subprocess
subprocess.run(["sh", "-c", "sleep 1000000 & exit 3"], capture_output=True)'
zombie_of "$main"
await sleeps_in poll "$main"
copy "$found"
