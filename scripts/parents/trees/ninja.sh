#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A command of ninja has ended, but a program that it left in the background holds its output.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > build.ninja <<'END'
rule run
  command = sleep 1000000 & exit 3
build out: run
END
unit ninja
zombie_of "$main"
await sleeps_in poll "$main"
copy "$found"
