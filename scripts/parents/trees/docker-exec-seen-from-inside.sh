#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A docker exec has ended while the shim outside, its parent, is stopped. Seen from inside of the container.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

exec_ended_under_stopped_shim
copy "$(awk '/^NSpid:/ { print $3 }' "/proc/$executed/status")" --proc "/proc/$main/root/proc"
