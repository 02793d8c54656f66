#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The process of cron that waits for a job is stopped. The job has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > job <<'END'
echo "$$" > child
exec sleep 1000000
END
echo "* * * * * root cd $work && exec sh job" > /etc/cron.d/zreap-tree
systemctl start cron
started+=(cron.service)
next_minute() { await test -s child || await test -s child || await test -s child; }
next_minute
rm /etc/cron.d/zreap-tree
child=$(cat child)
await is_named sleep "$child"
parent=$(awk '/^PPid:/ { print $2 }' "/proc/$child/status")
kill -STOP "$parent"
await in_state T "$parent"
kill -KILL "$child"
await is_zombie "$child"
copy "$child"
