#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# s6-svscan is stopped. A supervisor of it has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

mkdir -p scan/a
printf '%s\n' '#!/bin/sh' 'exec sleep 1000000' > scan/a/run
chmod +x scan/a/run
unit s6-svscan scan
child_of "$main" s6-supervise
kill -STOP "$main"
await in_state T "$main"
kill -KILL "$found"
await is_zombie "$found"
copy "$found"
