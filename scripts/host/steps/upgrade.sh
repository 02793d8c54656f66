#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Upgrades the packages while the module is in use: /proc/zreap is open, a listing is half read, and zreap_jiangshi is
# loaded. The newer packages are the same ones under a higher version. The old module stays until the next boot.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u
export DEBIAN_FRONTEND=noninteractive

packages=$(realpath "$(dirname "$0")/../../../target/deb")
old=$(dpkg-query --show --showformat '${Version}' zreap-dkms)
old_upstream=${old%-*}
new_upstream=$old_upstream.1

# raised DEB: the package under the new version, in /run/newer.
raised() {
	tree=$(mktemp -d) &&
		dpkg-deb --raw-extract "$1" "$tree" &&
		find "$tree" -depth -name "*$old_upstream*" -execdir \
			sh -c 'mv "$1" "$(echo "$1" | sed "s/$2/$3/")"' sh {} "$old_upstream" "$new_upstream" \; &&
		grep -r -l -I --null -F "$old_upstream" "$tree" |
		xargs -0 -r sed -i "s/$old_upstream/$new_upstream/g" &&
		dpkg-deb -Zgzip --root-owner-group --build "$tree" /run/newer
}

all_raised() {
	mkdir /run/newer
	for package in "$packages"/zreap_*.deb "$packages"/zreap-dkms_*.deb; do
		raised "$package" || return 1
	done
}

half_read() {
	exec 3< /proc/zreap && head -c 20 <&3 | grep -q PID
}

loaded_version() {
	cat /sys/module/zreap/version
}

doctor_says_which_is_loaded() {
	told=$(zreap doctor)
	echo "$told"
	echo "$told" | grep -q -F "$1"
}

reaps() {
	zombies_of "$parent" > /proc/zreap && await has_zombies "$parent" 0
}

it 'there are newer packages' all_raised
it 'kill-if-jiangshi is loaded' modprobe zreap_jiangshi
it 'there are zombies' start_parent 200
it 'a listing is half read' half_read
before=$(loaded_version)
it 'apt upgrades the packages' apt-get --quiet --yes install /run/newer/*.deb
it 'the loaded module is the old one' [ "$(loaded_version)" = "$before" ]
it 'kill-if-jiangshi is still loaded' [ -e /sys/module/zreap_jiangshi ]
it 'the listing can be read to its end' [ "$(cat <&3 | wc -l)" -ge 190 ]
it 'zreap doctor says that the old one is loaded' doctor_says_which_is_loaded "$before"
it 'the old one reaps' reaps
exec 3<&-
end_parent
finish
