#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Installs the packages by apt, and loads the module, as docs/install.md says. apt downloads first: the time told is
# without it.
# install.sh untrusted: Secure Boot does not let the module be loaded yet.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u
export DEBIAN_FRONTEND=noninteractive

apt_installs() {
	apt-get --quiet --yes "$@" install "$packages"/zreap_*.deb "$packages"/zreap-dkms_*.deb linux-headers-amd64
}

module_of_this_kernel() {
	find "/lib/modules/$(uname -r)/updates/dkms" -name 'zreap.ko*'
}

packages=$(realpath "$(dirname "$0")/../../../target/deb")
it 'apt updates its lists' apt-get --quiet update
it 'apt downloads what the packages need' apt_installs --download-only
began=$(date +%s)
it 'apt installs the packages' apt_installs
ended=$(date +%s)
it 'DKMS has built the module for this kernel' [ -n "$(module_of_this_kernel)" ]
if [ "${1-}" = untrusted ]; then
	it 'the kernel refuses to load it' eval '! modprobe zreap'
else
	it 'modprobe loads it' modprobe zreap
	it 'zreap doctor finds nothing wrong' zreap doctor
fi
it 'zreap list works' zreap list
echo "# installed in $((ended - began)) s after the download"
echo "# zreap.ko has $(stat --format=%s "$(module_of_this_kernel)") bytes"
finish
