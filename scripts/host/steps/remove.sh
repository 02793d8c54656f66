#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# remove.sh remove|purge: apt removes the packages, and no file of ours is left; after remove, only settings in /etc.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u
export DEBIAN_FRONTEND=noninteractive

# files_left: what is named after zreap, except what apt and dpkg know of packages, and logs.
files_left() {
	find / -xdev -name '*zreap*' -not -path '/proc/*' -not -path '/var/lib/apt/*' -not -path '/var/cache/apt/*' \
		-not -path '/var/log/*' -not -path '/mnt/*'
}

nothing_left() {
	left=$(files_left | grep -v "$1")
	echo "$left"
	[ -z "$left" ]
}

no_unit_left() {
	! systemctl list-unit-files --no-legend | grep zreap
}

it "apt-get $1" apt-get --quiet --yes "$1" zreap zreap-dkms
it 'the loaded module works on, and can be unloaded' eval 'cat /proc/zreap && rmmod zreap'
if [ "$1" = purge ]; then
	it 'no file is left' nothing_left '^$'
	it 'no unit is left' no_unit_left
	it 'dpkg has forgotten the packages' eval '! dpkg-query --show zreap zreap-dkms'
else
	it 'only settings in /etc, and what dpkg knows of them, are left' \
		nothing_left '^/etc/\|^/var/lib/dpkg/info/\|^/var/lib/systemd/deb-systemd-helper'
fi
it 'modprobe finds no zreap' eval '! modprobe --dry-run zreap'
finish
