#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The running kernel has no zreap, as its headers are not installed: the command says so, and what it says helps.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u
export DEBIAN_FRONTEND=noninteractive

doctor_names_the_headers() {
	told=$(zreap doctor)
	[ $? -eq 3 ] && echo "$told" && echo "$told" | grep -q "linux-headers-$(uname -r)"
}

it 'zreap is not loaded' [ ! -e /proc/zreap ]
it 'zreap doctor says which headers are missing' doctor_names_the_headers
it 'zreap list works without the module' zreap list
it 'apt installs these headers' apt-get --quiet --yes install "linux-headers-$(uname -r)"
it 'zreap load loads what DKMS has built then' zreap load
it '/proc/zreap is there' [ -e /proc/zreap ]
finish
