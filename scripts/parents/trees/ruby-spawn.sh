#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in Ruby spawns a child, and neither waits nor detaches it.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit ruby -e 'spawn("true"); sleep'
zombie_of "$main"
await in_state S "$main"
copy "$found"
