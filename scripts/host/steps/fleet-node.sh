#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# fleet-node.sh NAME: the host becomes one that Ansible can manage. node1 has a unit with three zombies.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u
export DEBIAN_FRONTEND=noninteractive

key=$(dirname "$0")/../../../target/fleet-test/key.pub

lets_ansible_in() {
	install -d -m 700 /root/.ssh && cp "$key" /root/.ssh/authorized_keys
}

start_unit() {
	# shellcheck disable=SC2016 # the unit's shell expands it
	systemd-run --quiet --unit=shop sh -c ': & : & : & exec sleep 10000' &&
		parent=$(systemctl show --property MainPID --value shop.service) && await has_zombies "$parent" 3
}

it 'apt updates its lists' apt-get --quiet update
it 'apt installs what Ansible needs' apt-get --quiet --yes install --no-install-recommends python3-apt
it 'ssh lets Ansible in' lets_ansible_in
if [ "$1" = node1 ]; then
	it 'a unit has three zombies' start_unit
fi
finish
