#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# backports.sh with|without: upgrades the kernel to that of backports, with its headers or without them.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u
export DEBIAN_FRONTEND=noninteractive

newest() {
	find /lib/modules -mindepth 1 -maxdepth 1 -printf '%f\n' | sort --version-sort | tail -n 1
}

built_for() {
	find "/lib/modules/$1/updates/dkms" -name 'zreap.ko*' 2>/dev/null
}

# DKMS's words. They name the kernel, not the package that is missing: zreap doctor does.
headers_are_missed() {
	grep -q "for kernel $release was skipped since the kernel headers for this kernel do not seem" /run/upgrade.log
}

upgrade() {
	apt-get --quiet --yes --target-release "$suite" install "$@" 2>&1 | tee /run/upgrade.log
	return "${PIPESTATUS[0]}"
}

# shellcheck source=/dev/null
suite=$(. /etc/os-release && echo "$VERSION_CODENAME-backports")
cat /etc/apt/sources.list{,.d/*.list} 2> /dev/null |
	sed -n "s/^\(deb .*\) ${suite%-backports} main\$/\1 $suite main/p" > /root/backports.list
mv /root/backports.list /etc/apt/sources.list.d/
it 'apt knows backports' apt-get --quiet update
if [ "$1" = with ]; then
	it 'apt upgrades kernel and headers' upgrade linux-image-amd64 linux-headers-amd64
	release=$(newest)
	it 'it is another kernel' [ "$release" != "$(uname -r)" ]
	it "DKMS has built zreap for $release" [ -n "$(built_for "$release")" ]
else
	# With this package the headers come along.
	it 'the host has the headers of its own kernel alone' apt-get --quiet --yes remove linux-headers-amd64
	it 'apt upgrades the kernel' upgrade linux-image-amd64
	release=$(newest)
	it 'it is another kernel' [ "$release" != "$(uname -r)" ]
	it 'there is no zreap for it' [ -z "$(built_for "$release")" ]
	it 'apt has said for which kernel headers are missing' headers_are_missed
fi
finish
