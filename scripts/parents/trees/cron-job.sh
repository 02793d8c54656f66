#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A job of cron has ended, but a daemon that it started holds its output, which cron mails.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

echo '* * * * * root sleep 1000000 & # zreap' > /etc/cron.d/zreap-tree
systemctl start cron
started+=(cron.service)
cron=$(systemctl show --property=MainPID --value cron)
job() { for job in $(children "$cron"); do one_child "$job" is_zombie && return; done; return 1; }
next_minute() { await job || await job; }
next_minute
rm /etc/cron.d/zreap-tree
await sleeps_in pipe_read "$job"
copy "$found"
