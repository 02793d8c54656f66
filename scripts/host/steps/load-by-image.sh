#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The image of `make image-loader` in podman, with no more rights than deploy/kubernetes/loader asks for.
# 1. zreap of its version is loaded: it does nothing.
# 2. The module of the package is there: it loads that.
# 3. It is not there: it builds the module with the headers of this host, and loads it.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u
export DEBIAN_FRONTEND=noninteractive

top=$(realpath "$(dirname "$0")/../../..")
image=$top/target/image/zreap-loader.oci.tar
version=$("$top/scripts/version")
modules=/lib/modules/$(uname -r)
aside=/root/modules-aside

run_loader() {
	podman run --rm --network=none --cap-drop=all --cap-add=SYS_MODULE \
		--volume=/lib/modules:/host/lib/modules:ro \
		--volume=/usr/src:/host/usr/src:ro \
		--volume=/usr/lib:/host/usr/lib:ro \
		"zreap-loader:$version"
}

unload() {
	[ ! -e /sys/module/zreap_jiangshi ] || rmmod zreap_jiangshi || return
	[ ! -e /sys/module/zreap ] || rmmod zreap
}

# Whether the loaded module is the file of the package.
is_of_package() {
	[ "$(cat /sys/module/zreap/srcversion)" = "$(modinfo --field srcversion zreap)" ]
}

set_aside() {
	mkdir -p "$aside" && mv "$modules"/updates/dkms/zreap* "$aside" && depmod
}

is_missing() {
	! modinfo zreap >/dev/null 2>&1
}

put_back() {
	mv "$aside"/zreap* "$modules/updates/dkms" && depmod
}

reaps() {
	start_parent 1 && zreap reap "$(zombies_of "$parent")" && has_zombies "$parent" 0 && end_parent
}

it 'make image-loader has made the image' test -e "$image"
it 'apt installs podman' apt-get --quiet --yes install --no-install-recommends podman crun
it 'podman loads the image' podman load --quiet --input "$image"
it 'the module of this version is loaded' grep -qx "$version" /sys/module/zreap/version
it 'the loader is content with that' run_loader
it 'the module is unloaded' unload
it 'the loader loads it' run_loader
it 'the module of the package is loaded' is_of_package
it 'the module is unloaded again' unload
it 'its files are set aside' set_aside
it 'the host has none' is_missing
it 'the loader builds one and loads it' run_loader
it 'it has this version' grep -qx "$version" /sys/module/zreap/version
it 'it reaps' reaps
it 'the files are put back' put_back
echo "# $(podman --version)"
finish
