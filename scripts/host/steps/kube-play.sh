#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The DaemonSet of deploy/kubernetes in the image of `make image`, played by podman: one pod of it, as on a node.
# 1. As shipped it only reports: it finds the zombies of another pod, and explains them; its metrics can be scraped.
# 2. With a policy that acts it reaps them, and the pod with their parent lives on.
# What podman does not read, the step gives it: the AppArmor profile, by the configuration of its containers. It leaves
# the liveness probe out: podman would ask by curl in the container, which the image does not have.
# shellcheck source=../../../kmod/tests/guest/lib.sh
. "$(dirname "$0")/../../../kmod/tests/guest/lib.sh"
set -u
export DEBIAN_FRONTEND=noninteractive

top=$(realpath "$(dirname "$0")/../../..")
manifests=$top/deploy/kubernetes
image=$top/target/image/zreap.oci.tar
work=/root/kube-play
mkdir -p "$work"

# In the pod of the service.
zreap_there() {
	podman exec zreap-pod-serve zreap "$@"
}

load_image() {
	podman load --quiet --input "$image" && podman tag "zreap:$("$top/scripts/version")" zreap:latest
}

# play POLICY: starts the DaemonSet with the ConfigMap in this file, in the place of one that runs.
play() {
	sed '/^ *livenessProbe:/,/^ *timeoutSeconds:/d' "$manifests/daemonset.yaml" >"$work/daemonset.yaml" &&
		CONTAINERS_CONF_OVERRIDE=$work/profile.conf podman kube play --replace --configmap "$1" \
			"$work/daemonset.yaml" && pid=$(podman inspect --format '{{.State.Pid}}' zreap-pod-serve)
}

# One process, not the first of its pod, has three zombies that a shell left to it.
start_worker() {
	cat >"$work/worker.yaml" <<-'END'
		apiVersion: v1
		kind: Pod
		metadata:
		  name: shop
		spec:
		  containers:
		    - name: worker
		      image: zreap
		      command: [sh, -c, "sh -c 'true & true & true & exec sleep 10000'; true"]
	END
	podman kube play "$work/worker.yaml" && await worker_has_zombies
}

worker_has_zombies() {
	worker=$(pgrep --full --oldest '^sleep 10000$') && has_zombies "$worker" 3
}

# Its only capabilities are KILL, SYS_PTRACE and DAC_READ_SEARCH.
has_three_capabilities() {
	grep -qx 'CapEff:[[:space:]]*0000000000080024' "/proc/$pid/status" &&
		grep -qx 'CapBnd:[[:space:]]*0000000000080024' "/proc/$pid/status"
}

# Debian's crun has a profile too, which confines nothing, and the kernel tells both.
is_confined() {
	grep -q zreap-container "/proc/$pid/attr/apparmor/current"
}

lists() {
	listed=$(zreap_there list --json) && echo "$listed" &&
		[ "$(echo "$listed" | grep -c "\"parentPid\" : $worker,")" -eq 3 ]
}

explains() {
	told=$(zreap_there why --json "$(zombies_of "$worker" | head -n 1)") && echo "$told" &&
		echo "$told" | grep -q '"kind":"never-waits"' && echo "$told" | grep -q -i podman
}

logs_have() {
	podman logs zreap-pod-serve 2>&1 | grep -q -- "$1"
}

is_scraped() (
	address=$(podman inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$(infra)") &&
		exec 3<>"/dev/tcp/$address/9737" && printf 'GET /metrics HTTP/1.0\r\n\r\n' >&3 && grep -q -- "$1" <&3
)

infra() {
	podman pod inspect --format '{{.InfraContainerID}}' zreap-pod
}

acting_policy() {
	sed -e 's/mode: report/mode: act/' -e 's/min-age: 5m/min-age: 1s/' "$manifests/policy.yaml" \
		>"$work/policy.yaml" && grep -q 'mode: act' "$work/policy.yaml" &&
		grep -q 'min-age: 1s' "$work/policy.yaml"
}

it 'make image has made the image' test -e "$image"
it 'apt installs podman and AppArmor' apt-get --quiet --yes install --no-install-recommends \
	podman crun netavark aardvark-dns catatonit nftables apparmor procps
podman --version
it 'podman loads the image' load_image
it 'AppArmor takes the profile' apparmor_parser -r "$top/deploy/apparmor/zreap-container"
mkdir -p /run/containerd/io.containerd.runtime.v2.task
printf '[containers]\napparmor_profile = "zreap-container"\n' >"$work/profile.conf"
# Else systemd-networkd of this host, which manages every link, takes podman's out of its bridge.
printf '[Match]\nKind=veth bridge\n[Link]\nUnmanaged=yes\n' >/etc/systemd/network/10-podman.network
networkctl reload
it 'podman plays the DaemonSet as it is shipped' play "$manifests/policy.yaml"
it 'the service has three capabilities' has_three_capabilities
it 'the service is under its AppArmor profile' is_confined
it 'another pod has three zombies' start_worker
it 'zreap list in the pod shows them' lists
it 'zreap why in the pod explains them' explains
it 'zreap doctor, the readiness probe, finds nothing wrong' zreap_there doctor
it 'the record says that it only reports' await logs_have 'mode report'
it 'its metrics can be scraped' await is_scraped '^zreap_listing_successful 1'
it 'it has touched nothing' has_zombies "$worker" 3
it 'the policy is changed to act' acting_policy
it 'podman plays the DaemonSet with it' play "$work/policy.yaml"
it 'the record says that it has reaped' await logs_have '"result":"reaped"'
it 'the zombies are gone' await has_zombies "$worker" 0
it 'their parent lives' [ "$(state "$worker")" = S ]
it 'its metrics say so' await is_scraped '^zreap_taken_total 3'
podman logs zreap-pod-serve
echo "# $(podman --version); $(podman images --format '{{.Repository}} {{.Size}}' | paste --serial --delimiters=,)"
echo "# $(grep VmRSS "/proc/$pid/status")"
finish
