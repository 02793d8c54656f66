#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A docker exec has ended while the shim outside, its parent, is stopped. Seen from inside of the container.
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
copy "$(awk '/^NSpid:/ { print $3 }' "/proc/$executed/status")" --proc "/proc/$main/root/proc"
kill -CONT "$shim"
