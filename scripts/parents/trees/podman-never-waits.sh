#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in a container of podman forks and never waits.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

skeleton
options=()
for mount in "${mounts[@]}"; do
	options+=("--volume=$mount:$mount")
done
container_of_podman=$(podman run --detach --network=none --init "${options[@]}" --rootfs "$root" \
	perl -e 'fork or exit 3; sleep')
main=$(podman inspect --format='{{.State.Pid}}' "$container_of_podman")
child_of "$main" perl
program=$found
zombie_of "$program"
await sleeps_in pause "$program"
copy "$found"
podman kill "$container_of_podman" >/dev/null
