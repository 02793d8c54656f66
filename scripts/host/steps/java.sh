#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# java.sh VERSION: this Java and no other is installed, and the command works. java.sh none: no Java is, though the
# package wants one; the command says so, and the module works.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u
export DEBIAN_FRONTEND=noninteractive

others() {
	dpkg-query --show --showformat '${db:Status-Abbrev} ${Package}\n' 'openjdk-*' 2>/dev/null |
		awk -v kept="openjdk-$1-" '$1 == "ii" && index($2, kept) != 1 { print $2 }'
}

# remove_others VERSION: by dpkg, since apt would remove zreap with its last Java.
remove_others() {
	# shellcheck disable=SC2046 # a list of names
	dpkg --force-depends --remove $(others "$1")
}

works() {
	zreap --version && zreap list && zreap doctor
}

says_what_is_missing() {
	! told=$(zreap list 2>&1) && echo "$told" && echo "$told" | grep -q -i java
}

echo_reaps() {
	start_parent 3 && zombies_of "$parent" > /proc/zreap && await has_zombies "$parent" 0 && end_parent
}

if [ "$1" = none ]; then
	it 'Java is removed' eval 'remove_others none > /run/removal.log 2>&1'
	cat /run/removal.log
	it 'the package says that the command cannot start' grep -q 'zreap: it cannot start' /run/removal.log
	it 'the command says what is missing' says_what_is_missing
else
	it "apt installs Java $1" apt-get --quiet --yes install "openjdk-$1-jre-headless"
	[ -z "$(others "$1")" ] || it 'no other Java is left' remove_others "$1"
	it "zreap works with Java $1" works
fi
it 'the module reaps' echo_reaps
finish
