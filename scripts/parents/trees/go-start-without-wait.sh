#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in Go starts a child and does not call Wait.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit "$programs/go-start-without-wait"
zombie_of "$main"
await in_state S "$main"
copy "$found"
