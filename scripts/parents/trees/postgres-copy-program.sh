#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A backend of postgres runs COPY FROM PROGRAM. The program has ended, but a daemon that it started holds its output.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

install -d -o postgres "$work/data"
setpriv --reuid=postgres --clear-groups /usr/lib/postgresql/17/bin/initdb --no-sync -D "$work/data" >/dev/null
unit setpriv --reuid=postgres --clear-groups /usr/lib/postgresql/17/bin/postgres -D data -k /tmp -c listen_addresses=
server=$main
await test -S /tmp/.s.PGSQL.5432
unit_named "$tree-client" setpriv --reuid=postgres --clear-groups psql --host=/tmp --command=\
"CREATE TEMPORARY TABLE t (x text); COPY t FROM PROGRAM 'sleep 1000000 & exit 3'" postgres
backend() { for backend in $(children "$server"); do one_child "$backend" is_zombie && return; done; return 1; }
await backend
await sleeps_in pipe_read "$backend"
copy "$found"
