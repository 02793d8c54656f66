#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A container has an init. Its program starts a child and does not wait, so the init changes nothing.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

docker_run -- tini -- python3 -c '
import subprocess, time
child = subprocess.Popen(["true"])
time.sleep(1000000)'
child_of "$main" python3
program=$found
zombie_of "$program"
await sleeps_in nanosleep "$program"
copy "$found"
