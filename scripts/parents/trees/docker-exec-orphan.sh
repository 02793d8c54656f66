#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A container whose process 1 is sleep. A docker exec left an orphan, which ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

docker_run -- sleep infinity
docker exec "$container" sh -c 'sleep 1 & exit 0'
zombie_of "$main"
await in_state S "$main"
copy "$found"
