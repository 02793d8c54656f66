#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in PHP forks and never waits.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit php -r 'if (pcntl_fork() === 0) { posix_kill(posix_getpid(), SIGKILL); } sleep(1000000);'
zombie_of "$main"
await sleeps_in nanosleep "$main"
copy "$found"
