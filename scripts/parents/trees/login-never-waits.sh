#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program that a user started over ssh forks and never waits.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

systemctl start ssh
[ -e /root/.ssh/id_ed25519 ] || ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
cp /root/.ssh/id_ed25519.pub /root/.ssh/authorized_keys
unit_named "$tree-client" env HOME=/root ssh -o StrictHostKeyChecking=accept-new -o BatchMode=yes root@localhost \
	'echo $$ > /srv/trees/login-never-waits/parent; exec perl -e "fork or exit 3; sleep"'
await test -s parent
zombie_of "$(cat parent)"
await sleeps_in pause "$(cat parent)"
copy "$found"
kill "$(cat parent)"
