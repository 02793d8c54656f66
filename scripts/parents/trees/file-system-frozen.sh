#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A program writes to a file system that fsfreeze holds, as a backup does. A child of it has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

truncate --size=64M image
mkfs.ext4 -q image
mkdir -p mounted
mount -o loop image mounted
fsfreeze --freeze mounted
# shellcheck disable=SC2016 # for the program
unit perl -e '
fork or exit 3;
open my $file, ">", "mounted/file";
wait'
zombie_of "$main"
await in_state D "$main"
copy "$found"
fsfreeze --unfreeze mounted
umount mounted
