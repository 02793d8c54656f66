#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The shim of a container is stopped. A docker exec that it started has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

exec_ended_under_stopped_shim
copy "$executed"
