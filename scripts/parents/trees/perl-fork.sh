#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in Perl forks and never waits.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit perl -e 'fork or exit 3; sleep'
zombie_of "$main"
await sleeps_in pause "$main"
copy "$found"
