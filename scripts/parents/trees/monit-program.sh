#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# monit has run a program, and takes it only in its next cycle.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > monitrc <<END
set daemon 1000
set logfile $work/log
set idfile $work/id
set statefile $work/state
check program probe with path "/bin/true"
    if status != 0 then alert
END
chmod 600 monitrc
unit monit -I -c monitrc
zombie_of "$main"
await in_state S "$main"
copy "$found"
