#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# untrusted-refused.sh WORD: the kernel loads no module without a signature that it trusts; each tool fails, and WORD
# is in what zreap doctor says.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u

# refused COMMAND...: it fails, and its words are in $told.
refused() {
	! told=$("$@" 2>&1) && echo "$told"
}

# doctor_says WORD
doctor_says() {
	refused zreap doctor && echo "$told" | grep -q -i -- "$1"
}

it 'zreap is not loaded' [ ! -e /proc/zreap ]
it 'modprobe refuses it' refused modprobe zreap
it 'zreap load refuses it' refused zreap load
it "zreap doctor names $1" doctor_says "$1"
it 'zreap list works without the module' zreap list
finish
