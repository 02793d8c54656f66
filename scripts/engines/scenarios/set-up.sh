#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

is_confined() {
	cat "/proc/$main/attr/current"
	[[ $(cat "/proc/$main/attr/current") = "$profile"* ]]
}

it 'there is a tree for the image' make_root
must 'the engine starts, and imports it' engine_set_up
must 'a container starts' start -- sleep infinity
it 'AppArmor holds it, as by default' is_confined
echo "# $(engine_version)"
finish
