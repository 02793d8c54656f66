#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Asks MokManager to enroll DKMS's key at the next boot. The password is that of scripts/host/mok-manager.tsv.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"

import_key() {
	printf 'host-test\nhost-test\n' | mokutil --import /var/lib/dkms/mok.pub
}

it 'mokutil takes the key' import_key
it 'it is to be enrolled at the next boot' eval 'mokutil --list-new | grep -q SHA1'
finish
