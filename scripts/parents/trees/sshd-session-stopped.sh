#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The session process of sshd is stopped. The command of the login has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

systemctl start ssh
[ -e /root/.ssh/id_ed25519 ] || ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
cp /root/.ssh/id_ed25519.pub /root/.ssh/authorized_keys
# shellcheck disable=SC2016 # for the program
unit_named "$tree-client" env HOME=/root ssh -o StrictHostKeyChecking=accept-new -o BatchMode=yes root@localhost \
	'echo $PPID > /srv/trees/sshd-session-stopped/parent; exec sleep 1000000'
await test -s parent
parent=$(cat parent)
child_of "$parent" sleep
child=$found
kill -STOP "$parent"
await in_state T "$parent"
kill "$child"
await is_zombie "$child"
copy "$child"
kill -CONT "$parent"
