#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The reader of nginx's log hangs, and the log is full. The master logs the end of one worker and cannot take the
# next.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > nginx.conf <<END
daemon off;
pid $work/pid;
worker_processes 2;
error_log stderr info;
events {}
END
stalled_log
unit sh -c 'exec nginx -p . -c nginx.conf > log 2>&1'
child_of "$main" nginx
await has_children 2 "$main"
fill_log
# shellcheck disable=SC2046 # two numbers
kill -KILL $(children "$main")
await sleeps_in pipe_write "$main"
zombie_of "$main"
copy "$found"
