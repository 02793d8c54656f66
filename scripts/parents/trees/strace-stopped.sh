#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# strace started a program and is stopped. The program has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit strace --output=/dev/null sleep 1000000
child_of "$main" sleep
child=$found
kill -STOP "$main"
await in_state T "$main"
kill -KILL "$child"
await is_zombie "$child"
copy "$child"
