#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in Node.js computes for ever, so its event loop does not take the child that ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > main.js <<'END'
require("node:child_process").spawn("true");
for (;;);
END
unit node main.js
zombie_of "$main"
await in_state R "$main"
copy "$found"
