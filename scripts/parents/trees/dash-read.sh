#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A script of dash reads a fifo that nobody opens. A program that it left in the background has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

mkfifo gate
printf '%s\n' 'true &' 'read -r line < gate' > script
unit dash script
zombie_of "$main"
await sleeps_in "fifo_open\|wait_for_partner" "$main"
copy "$found"
