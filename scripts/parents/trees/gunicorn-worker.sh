#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# An application in a worker of gunicorn starts a child and does not wait.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > app.py <<'END'
import subprocess

child = subprocess.Popen(["true"])

def application(environ, start_response):
    start_response("200 OK", [])
    return []
END
unit gunicorn --workers=1 --bind=unix:"$work/socket" app:application
child_of "$main" gunicorn
worker=$found
zombie_of "$worker"
await sleeps_in 'poll\|select' "$worker"
copy "$found"
