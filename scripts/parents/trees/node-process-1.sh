#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A container without an init runs Node.js. A program that it started left an orphan, which ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

docker_run -- node -e '
require("node:child_process").spawn("sh", ["-c", "sleep 2 & exit 0"], { stdio: "ignore" });
setInterval(() => {}, 1000)'
zombie_of "$main"
await in_state S "$main"
copy "$found"
