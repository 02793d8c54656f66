#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in Node.js runs a long execSync. Meanwhile nothing takes the child that it spawned before.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > main.js <<'END'
const { execSync, spawn } = require("node:child_process");
spawn("true");
execSync("sleep 1000000");
END
unit node main.js
zombie_of "$main"
await sleeps_in poll "$main"
copy "$found"
