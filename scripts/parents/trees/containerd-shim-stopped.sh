#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The shim of a container is stopped. A docker exec that it started has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

docker_run -- sleep infinity
docker exec --detach "$container" sleep 1000000
shim=$(awk '/^PPid:/ { print $2 }' "/proc/$main/status")
executed() { for executed in $(children "$shim"); do [ "$executed" != "$main" ] && return; done; return 1; }
await executed
kill -STOP "$shim"
await in_state T "$shim"
kill -KILL "$executed"
await is_zombie "$executed"
copy "$executed"
kill -CONT "$shim"
