#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The unit of atd is frozen. A job of it has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

systemctl start atd
started+=(atd.service)
echo 'echo $$ > /srv/trees/atd-frozen/job; exec sleep 1000000' | at now
await test -s job
child=$(cat job)
await is_named sleep "$child"
systemctl freeze atd
kill -KILL "$child"
await is_zombie "$child"
copy "$child"
