#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Installs the packages by apt, and loads the module, as docs/install.md says. apt downloads first: the time told is
# without it.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u
export DEBIAN_FRONTEND=noninteractive

apt_installs() {
	apt-get --quiet --yes "$@" install --no-install-recommends "$packages"/zreap_*.deb \
		"$packages"/zreap-dkms_*.deb linux-headers-amd64 "linux-headers-$(uname -r)"
}

module_of_this_kernel() {
	find "/lib/modules/$(uname -r)/updates/dkms" -name 'zreap.ko*'
}

# cpu_seconds: of all that this shell has run and waited for.
cpu_seconds() {
	awk -v ticks="$(getconf CLK_TCK)" '{ printf "%.0f\n", ($16 + $17) / ticks }' "/proc/$$/stat"
}

# seconds_by_package: of the packages that took five seconds or more from $1 on, by dpkg's log.
seconds_by_package() {
	awk -v began="$1" '
		$1 " " $2 < began { next }
		{
			split($2, time, ":")
			now = time[1] * 3600 + time[2] * 60 + time[3]
			if (package != "") seconds[package] += (now - last + 86400) % 86400
			last = now
		}
		$3 ~ /^(install|upgrade|configure|trigproc)$/ { package = $4; sub(/:.*/, "", package) }
		END { for (package in seconds) if (seconds[package] >= 5) print package, seconds[package] }
	' /var/log/dpkg.log | sort --key=2 --numeric-sort --reverse | paste --serial --delimiters=, | sed 's/,/, /g'
}

packages=$(realpath "$(dirname "$0")/../../../target/deb")
it 'apt updates its lists' apt-get --quiet update
it 'apt downloads what the packages need' apt_installs --download-only
log_began=$(date '+%F %T')
cpu_before=$(cpu_seconds)
SECONDS=0
it 'apt installs the packages' apt_installs
seconds=$SECONDS
cpu=$(($(cpu_seconds) - cpu_before))
it 'DKMS has built the module for this kernel' [ -n "$(module_of_this_kernel)" ]
it 'modprobe loads it' modprobe zreap
it 'zreap doctor finds nothing wrong' zreap doctor
it 'zreap list works' zreap list
echo "# installed in $seconds s ($cpu CPU seconds) after the download: $(seconds_by_package "$log_began")"
echo "# zreap.ko has $(stat --format=%s "$(module_of_this_kernel)") bytes"
finish
