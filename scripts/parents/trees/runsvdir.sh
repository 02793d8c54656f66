#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# runsvdir looks for ended children only every few seconds. A runsv of it was killed.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

mkdir -p services/a
printf '%s\n' '#!/bin/sh' 'exec sleep 1000000' > services/a/run
chmod +x services/a/run
unit runsvdir -P "$work/services"
child_of "$main" runsv
kill -KILL "$found"
await is_zombie "$found"
copy "$found"
