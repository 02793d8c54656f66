#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A script of zsh is stopped, as by Ctrl-Z. A program that it left in the background has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

printf '%s\n' 'sleep 1000000 &' 'echo $! > child' 'sleep 1000001' 'true' > script
unit zsh script
await test -s child
kill -STOP "$main"
await in_state T "$main"
kill "$(cat child)"
zombie_of "$main"
copy "$found"
