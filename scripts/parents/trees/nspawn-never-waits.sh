#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in a container of systemd-nspawn forks and never waits.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

skeleton
options=()
for mount in "${mounts[@]}"; do
	options+=("--bind=$mount")
done
unit systemd-nspawn --quiet --keep-unit --register=no --resolv-conf=off --timezone=off \
	--link-journal=no --as-pid2 --directory="$root" "${options[@]}" \
	perl -e 'fork or exit 3; sleep'
in_container() { pgrep --exact --oldest perl; }
await in_container
program=$(in_container)
zombie_of "$program"
await sleeps_in pause "$program"
copy "$found"
