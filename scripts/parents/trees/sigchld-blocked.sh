#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# env starts a program with SIGCHLD blocked. Its handler, which waits for all, never runs.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

# shellcheck disable=SC2016 # for the program
unit env --block-signal=CHLD perl -e '
$SIG{CHLD} = sub { 1 while waitpid(-1, 1) > 0 };
if (!fork) { exit 3 }
sleep'
zombie_of "$main"
await sleeps_in pause "$main"
copy "$found"
