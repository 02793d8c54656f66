#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program outside of a container started a process in it and does not wait. The container has ended but for that
# zombie.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

docker_run -- sleep infinity
unit python3 -c '
import os, sys, time
os.setns(os.pidfd_open(int(sys.argv[1])), os.CLONE_NEWPID)
if os.fork() == 0:
    os.execvp("sleep", ["sleep", "1000000"])
time.sleep(1000000)' "$(docker inspect --format='{{.State.Pid}}' "$container")"
child_of "$main" sleep
init=$(docker inspect --format='{{.State.Pid}}' "$container")
kill -KILL "$init"
await is_zombie "$found"
ends() { for task in "/proc/$init/task/"*; do grep -q zap_pid_ns_processes "$task/wchan"; done; }
await ends
copy "$found"
