#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program in a container of LXC forks and never waits. It is process 1 there.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

skeleton
cat > config <<END
lxc.rootfs.path = dir:$root
lxc.uts.name = box
lxc.net.0.type = none
lxc.apparmor.profile = unconfined
lxc.mount.auto = proc:mixed
lxc.init.cmd = /usr/bin/perl $work/program
END
for mount in "${mounts[@]}"; do
	echo "lxc.mount.entry = $mount ${mount#/} none rbind,create=dir 0 0" >> config
done
echo 'fork or exit 3; sleep' > program
unit lxc-start --foreground --name=box --rcfile="$work/config"
child_of "$main" perl
program=$found
zombie_of "$program"
await sleeps_in pause "$program"
copy "$found"
