#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A command substitution of dash has ended, but a program that it left in the background holds its output.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

# shellcheck disable=SC2016 # for the program
echo 'x=$(sleep 1000000 & exit 3); echo "$x"' > script
unit dash script
zombie_of "$main"
await sleeps_in pipe_read "$main"
copy "$found"
