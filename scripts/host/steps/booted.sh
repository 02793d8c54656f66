#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The host has booted: systemd has started everything, and no unit has failed.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"

state=$(systemctl is-system-running)
systemctl --failed --no-legend
it "systemd says running on $(uname -r)" [ "$state" = running ]
finish
