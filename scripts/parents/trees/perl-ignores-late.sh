#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in Perl sets SIGCHLD to be ignored when its child has ended already.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

# shellcheck disable=SC2016 # for the program
unit perl -e '
if (!fork) { exit 3 }
sleep 1 while !-e "go";
$SIG{CHLD} = "IGNORE";
open my $told, ">", "is-set";
sleep'
zombie_of "$main"
touch go
await test -e is-set
await sleeps_in pause "$main"
copy "$found"
