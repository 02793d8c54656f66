#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Upgrades the packages while the module is in use: /proc/zreap is open and half read, a netlink dump is half read, and
# zreap_jiangshi is loaded. The newer packages are the same ones under a higher version.
# 1. the old module stays, and works on for all its users
# 2. zreap doctor says that the old one is loaded; the line that it gives loads the new one
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u
export DEBIAN_FRONTEND=noninteractive

packages=$(realpath "$(dirname "$0")/../../../target/deb")
half_read_dump=$(realpath "$(dirname "$0")/../half-read-dump")
old=$(dpkg-query --show --showformat '${Version}' zreap-dkms)
new=$old.1

# raised DEB: the package under the new version, in /run/newer. In the package of the command only dpkg knows of it.
raised() {
	tree=$(mktemp -d) &&
		dpkg-deb --raw-extract "$1" "$tree" &&
		sed -i "s/$old/$new/g" "$tree"/DEBIAN/* &&
		if [ -d "$tree/usr/src" ]; then
			mv "$tree/usr/src/zreap-$old" "$tree/usr/src/zreap-$new" &&
				sed -i "s/$old/$new/" "$tree/usr/src/zreap-$new"/{dkms.conf,version}
		fi &&
		dpkg-deb -Zgzip --root-owner-group --build "$tree" /run/newer
}

all_raised() {
	mkdir /run/newer && raised "$packages"/zreap_*.deb && raised "$packages"/zreap-dkms_*.deb
}

listing_half_read() {
	exec 3< /proc/zreap && head -c 20 <&3 | grep -q PID
}

dump_half_read() {
	coproc DUMP { exec "$half_read_dump"; }
	read -r -u "${DUMP[0]}" line && [ "$line" = 'half read' ]
}

dump_ends() {
	echo >&"${DUMP[1]}" && read -r -u "${DUMP[0]}" number what && echo "$number $what" &&
		[ "$what" = rows ] && [ "$number" -ge 200 ]
}

is_in_use() {
	! told=$(rmmod zreap 2>&1) && echo "$told" | grep -q 'in use'
}

loaded_version() {
	cat /sys/module/zreap/version
}

# doctor_says VERSION: that it is loaded; what to do is in $remedy then.
doctor_says() {
	told=$(zreap doctor) && echo "$told" && echo "$told" | grep -q -F "loaded is version $1 " &&
		remedy=$(echo "$told" | sed -n '/loaded is version/,$ s/^do: *//p' | head -n 1)
}

all_is_well() {
	told=$(zreap doctor) && echo "$told" && [[ $told != *problem:* ]]
}

listing_is_dead() {
	! told=$(cat <&3 2>&1) && echo "$told" | grep -q 'Input/output error'
}

reaps() {
	zombies_of "$parent" > /proc/zreap && await has_zombies "$parent" 0
}

it 'there are newer packages' all_raised
it 'kill-if-jiangshi is loaded' modprobe zreap_jiangshi
it 'there are zombies' start_parent 200
it 'a listing is half read' listing_half_read
it 'a dump is half read' dump_half_read
it 'the module is in use' is_in_use
it 'apt upgrades the packages' apt-get --quiet --yes install /run/newer/*.deb
it 'the loaded module is the old one' [ "$(loaded_version)" = "$old" ]
it 'kill-if-jiangshi is still loaded' [ -e /sys/module/zreap_jiangshi ]
it 'the dump can be read to its end' dump_ends
it 'the listing can be read to its end' [ "$(cat <&3 | wc -l)" -ge 200 ]
it 'zreap doctor says that the old one is loaded' doctor_says "$old"
it 'the old one reaps' reaps
end_parent
it 'the line that zreap doctor gives can be followed while a listing is open' eval "$remedy"
it 'the new one is loaded' [ "$(loaded_version)" = "$new" ]
it 'the open listing gives EIO' listing_is_dead
exec 3<&-
it 'there are zombies again' start_parent 3
it 'the new one reaps' reaps
end_parent
it 'zreap doctor finds nothing wrong' all_is_well
finish
