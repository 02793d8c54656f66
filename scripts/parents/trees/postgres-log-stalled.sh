#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The reader of postgres's log hangs, and the log is full. Postgres logs the end of one child and cannot take the
# next.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

install -d -o postgres "$work/data"
setpriv --reuid=postgres --clear-groups /usr/lib/postgresql/17/bin/initdb --no-sync -D "$work/data" >/dev/null
stalled_log
chown postgres log
unit setpriv --reuid=postgres --clear-groups sh -c \
	'exec /usr/lib/postgresql/17/bin/postgres -D data -k /tmp -c listen_addresses= > log 2>&1'
child_of "$main" postgres
await test -S /tmp/.s.PGSQL.5432
await has_children 5 "$main"
fill_log
# shellcheck disable=SC2046 # numbers
kill -KILL $(children "$main")
await sleeps_in pipe_write "$main"
zombie_of "$main"
copy "$found"
