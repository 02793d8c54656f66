#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A container without an init. Its program, process 1, starts a child and does not wait.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

docker_run -- python3 -c '
import subprocess, time
child = subprocess.Popen(["true"])
time.sleep(1000000)'
zombie_of "$main"
await sleeps_in nanosleep "$main"
copy "$found"
