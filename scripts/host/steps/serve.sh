#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The service: off at first, then it reports; with a policy it reaps. A mistake in a new policy does not stop it.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u

policy=/etc/zreap/policy.yaml
cp "$policy" /root/policy.shipped

# write_policy LINE...: the policy is version 1 with these lines.
write_policy() {
	printf '%s\n' 'version: 1' 'scan: {fastest: 200ms, slowest: 500ms}' "$@" > "$policy"
}

recorded() {
	zreap history --json | grep -q -- "$1"
}

says() {
	journalctl --quiet --unit=zreap.service --boot --output=cat | grep -q -- "$1"
}

is_active() {
	[ "$(systemctl is-active zreap.service)" = active ]
}

# The shipped policy has it listen.
is_scraped() (
	exec 3<>/dev/tcp/127.0.0.1/9737 && printf 'GET /metrics HTTP/1.0\r\n\r\n' >&3 &&
		grep -q '^zreap_listing_successful 1' <&3
)

reports() {
	write_policy 'rules: [{name: young, match: {min-age: 1s}, steps: reap}]'
	systemctl reload zreap.service && start_parent 3 &&
		await recorded "\"rule\":\"young\",\"parent\":{\"pid\":$parent" && has_zombies "$parent" 3
}

reaps() {
	write_policy 'mode: act' 'rules: [{name: young, match: {min-age: 1s}, steps: [nudge, reap], pause: 1s}]'
	zreap serve --check && systemctl reload zreap.service && await has_zombies "$parent" 0 &&
		await recorded '"result":"reaped"' && end_parent
}

refuses_a_wrong_policy() {
	echo 'version: 1, mode: acts' > "$policy"
	! zreap serve --check && systemctl reload zreap.service && await says 'the old policy stays' && is_active &&
		start_parent 2 && await has_zombies "$parent" 0 && end_parent
}

rotates() {
	logrotate --force /etc/logrotate.d/zreap && await test -s /var/log/zreap/record.jsonl &&
		[ "$(stat -c %U:%a /var/log/zreap/record.jsonl)" = zreap:640 ] && is_active
}

# The module asks for CAP_KILL, so the user itself is enough.
runs_without_root() {
	[ "$(ps -o user= -p "$(systemctl show --property MainPID --value zreap.service)")" = zreap ]
}

stops() {
	systemctl disable --now zreap.service &&
		[ "$(systemctl show --property Result --value zreap.service)" = success ] &&
		[ "$(systemctl show --property ExecMainStatus --value zreap.service)" = 0 ]
}

it 'the service is disabled' [ "$(systemctl is-enabled zreap.service)" = disabled ]
it 'it can be enabled' systemctl enable --now zreap.service
it 'it runs as its own user' runs_without_root
it 'its metrics can be scraped' await is_scraped
it 'it reports, and touches nothing' reports
it 'with a policy that acts it reaps' reaps
it 'it keeps its policy if the new one is wrong' refuses_a_wrong_policy
it 'its record is rotated' rotates
pid=$(systemctl show --property MainPID --value zreap.service)
echo "# $(grep VmRSS "/proc/$pid/status")"
echo "# systemd-analyze security: $(systemd-analyze security --no-pager zreap.service | tail -n 1 | tr -d '→😀🙂')"
it 'it stops cleanly' stops
it 'the shipped policy can come back' cp /root/policy.shipped "$policy"
finish
