#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The reader of a container's log hangs, and the log is full. tini is process 1, logs each orphan that it takes,
# and cannot take the next.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

orphans_of_stalled_init tini -w --
copy "$found"
