#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# docker pause has frozen a container. A child of its program has ended just before.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

docker_run -- tini -- python3 -c '
import subprocess, time
child = subprocess.Popen(["sleep", "1000000"])
time.sleep(1000000)
child.wait()'
child_of "$main" python3
program=$found
child_of "$program" sleep
child=$found
kill "$child"
await is_zombie "$child"
docker pause "$container"
copy "$child"
