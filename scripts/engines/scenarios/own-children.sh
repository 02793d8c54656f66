#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

must 'process 1 has three zombies' starts_with 3 -- "${deaf[@]}"
it 'zreap list --wide names the container' says zreap list --wide "--parent=$main" -- "$(engine_cells)"
it 'zreap why tells the cause' why "$(first_zombie "$main")" 'is process 1 of its PID namespace' \
	'author: wait for every child that it starts'
it 'it names engine and container' has_told "$(engine_describes)"
it 'the command that it gives works' why_reaps
it 'the others can be reaped, and process 1 lives' reap "$main"
finish
