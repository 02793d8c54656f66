#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A command substitution of busybox sh has ended, but a program that it left in the background holds its output.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

ln -s "$(command -v busybox)" sh
# shellcheck disable=SC2016 # for the program
echo 'x=$(sleep 1000000 & exit 3); echo "$x"' > script
unit ./sh script
zombie_of "$main"
await sleeps_in pipe_read "$main"
copy "$found"
