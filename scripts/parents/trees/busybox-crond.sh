#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# crond of busybox sleeps until the next minute. A job of it has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

mkdir -p crontabs
echo '* * * * * true' > crontabs/root
ln -s "$(command -v busybox)" crond
unit ./crond -f -c "$work/crontabs"
zombie_within_minutes() { zombie_of "$main" || zombie_of "$main"; }
zombie_within_minutes
await sleeps_in nanosleep "$main"
copy "$found"
