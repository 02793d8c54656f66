#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# An application in a worker of uWSGI starts a child and does not wait.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > app.py <<'END'
import subprocess

child = subprocess.Popen(["true"])

def application(environ, start_response):
    start_response("200 OK", [])
    return []
END
unit uwsgi_python3 --master --processes=1 --lazy-apps --socket="$work/socket" --wsgi-file=app.py
child_of "$main" uwsgi_python3
worker=$found
zombie_of "$worker"
await in_state S "$worker"
copy "$found"
