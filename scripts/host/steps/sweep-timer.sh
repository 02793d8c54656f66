#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The timer that sweeps: off at first; enabled, it removes zombies again and again, by a service with few rights.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u

# hasten: every two seconds, whatever is a second old.
hasten() {
	mkdir -p /run/systemd/system/zreap-sweep.{service,timer}.d
	printf '[Service]\nEnvironment="SWEEP=all min-age=1s"\n' > /run/systemd/system/zreap-sweep.service.d/test.conf
	printf '[Timer]\nOnBootSec=\nOnActiveSec=1s\nOnUnitActiveSec=2s\nAccuracySec=1s\n' \
		> /run/systemd/system/zreap-sweep.timer.d/test.conf
	systemctl daemon-reload
}

unhasten() {
	rm -r /run/systemd/system/zreap-sweep.{service,timer}.d
	systemctl daemon-reload
}

swept() {
	start_parent 3 && await has_zombies "$parent" 0 && end_parent
}

succeeded() {
	[ "$(systemctl show --property Result --value zreap-sweep.service)" = success ]
}

it 'the timer is disabled' [ "$(systemctl is-enabled zreap-sweep.timer)" = disabled ]
it 'a drop-in asks for another sweep' hasten
it 'the timer can be enabled' systemctl enable --now zreap-sweep.timer
it 'it sweeps' swept
it 'it sweeps again' swept
it 'its service succeeds' succeeded
echo "# systemd-analyze security: $(systemd-analyze security --no-pager zreap-sweep.service | tail -n 1 | tr -d '→😀🙂')"
it 'the timer can be disabled' systemctl disable --now zreap-sweep.timer
it 'the drop-in can go' unhasten
finish
