#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# make runs $(shell ...). Its command has ended, but a program that it left in the background holds its output.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

# shellcheck disable=SC2016 # for the program
echo 'x := $(shell sleep 1000000 & exit 3)' > Makefile
unit make
zombie_of "$main"
await sleeps_in pipe_read "$main"
copy "$found"
