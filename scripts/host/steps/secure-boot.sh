#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Secure Boot is on: firmware, shim, GRUB and kernel have verified each other, and the kernel is locked down.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
export DEBIAN_FRONTEND=noninteractive

it 'mokutil is installed' apt-get --quiet --yes install mokutil
it 'Secure Boot is on' eval 'mokutil --sb-state | grep "SecureBoot enabled"'
it 'the kernel is locked down' grep -F '[integrity]' /sys/kernel/security/lockdown
finish
