#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The reader of gunicorn's log hangs, and the log is full. The arbiter logs the end of one worker and cannot take
# the next.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > app.py <<'END'
def application(environ, start_response):
    start_response("200 OK", [])
    return []
END
stalled_log
unit sh -c "exec gunicorn --workers=2 --bind=unix:$work/socket app:application > log 2>&1"
child_of "$main" gunicorn
await has_children 2 "$main"
fill_log
# shellcheck disable=SC2046 # two numbers
kill -KILL $(children "$main")
await sleeps_in pipe_write "$main"
zombie_of "$main"
copy "$found"
