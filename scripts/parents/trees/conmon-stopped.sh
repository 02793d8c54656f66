#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# conmon, which podman starts for a container, is stopped. The process 1 of the container has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

skeleton
options=()
for mount in "${mounts[@]}"; do
	options+=("--volume=$mount:$mount")
done
container_of_podman=$(podman run --detach --network=none "${options[@]}" --rootfs "$root" sleep infinity)
main=$(podman inspect --format='{{.State.Pid}}' "$container_of_podman")
conmon=$(awk '/^PPid:/ { print $2 }' "/proc/$main/status")
kill -STOP "$conmon"
await in_state T "$conmon"
kill -KILL "$main"
await is_zombie "$main"
copy "$main"
kill -CONT "$conmon"
