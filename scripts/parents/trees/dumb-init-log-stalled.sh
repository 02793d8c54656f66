#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The reader of a container's log hangs, and the log is full. dumb-init is process 1, logs what it does, and
# cannot take an orphan.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

orphans_of_stalled_init dumb-init -v
copy "$found"
