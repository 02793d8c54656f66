#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# kernel-argument.sh ARGUMENT: gives the kernel this argument at the next boot.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u

echo "GRUB_CMDLINE_LINUX=\"\$GRUB_CMDLINE_LINUX $1\"" > /etc/default/grub.d/z-argument.cfg
it "GRUB takes $1" update-grub
it 'it is in its configuration' grep -q -- " $1" /boot/grub/grub.cfg
finish
