#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# zreap is loaded, though nobody asked for it since the boot: as DKMS built it for the running kernel.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"

packaged=$(dpkg-query --show --showformat '${Version}' zreap-dkms)
dkms status
it '/proc/zreap is there' [ -e /proc/zreap ]
it 'DKMS has built it for this kernel' [ -n "$(find "/lib/modules/$(uname -r)/updates/dkms" -name 'zreap.ko*')" ]
it 'the loaded module is that one' \
	[ "$(cat /sys/module/zreap/srcversion)" = "$(modinfo --field srcversion zreap)" ]
it 'it is of the version of the package' [ "$(cat /sys/module/zreap/version)" = "$packaged" ]
it 'zreap doctor finds nothing wrong' zreap doctor
finish
