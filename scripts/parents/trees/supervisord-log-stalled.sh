#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The reader of supervisord's log hangs, and the log is full. It logs the end of one program and cannot take the
# next.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > supervisord.conf <<END
[supervisord]
nodaemon = true
logfile = /dev/null
logfile_maxbytes = 0
pidfile = $work/pid
[program:a]
command = sleep 1000000
numprocs = 2
process_name = %(process_num)d
END
stalled_log
unit sh -c 'exec supervisord -c supervisord.conf > log 2>&1'
child_of "$main" sleep
await has_children 2 "$main"
fill_log
# shellcheck disable=SC2046 # two numbers
kill -KILL $(children "$main")
await sleeps_in pipe_write "$main"
zombie_of "$main"
copy "$found"
