# shellcheck shell=bash disable=SC2034,SC2154 # lib.sh has the other half
# SPDX-License-Identifier: Apache-2.0
# containerd by ctr, which has neither --init nor a pids limit: tini is the entry point, and the limit is that of a
# cgroup that the user makes.
init_fix='tini or dumb-init'
thaw_fix='ctr tasks resume'
profile=unconfined
proc_zreap=allowed
limited=/limited

engine_set_up() {
	systemctl start containerd && tar -C "$root" -c . | podman import - host &&
		podman save --quiet --format=oci-archive --output=/srv/host.tar host && ctr image import /srv/host.tar
}

engine_version() {
	echo "$(containerd --version | cut -d ' ' -f 1,3), $(runc --version | head -n 1)"
}

engine_run() {
	arguments=(--detach "--mount=type=bind,src=$shared,dst=$shared,options=rbind:rw") entry=()
	for mount in "${mounts[@]}"; do
		arguments+=("--mount=type=bind,src=$mount,dst=$mount,options=rbind:ro")
	done
	while [ "$1" != -- ]; do
		case $1 in
		--init) entry=(tini --) ;;
		--pids-limit=*)
			mkdir -p "/sys/fs/cgroup$limited"
			echo "${1#*=}" > "/sys/fs/cgroup$limited/pids.max"
			arguments+=("--cgroup=$limited/$box")
			;;
		--cap-drop=KILL) arguments+=(--cap-drop=CAP_KILL) ;;
		*) arguments+=("$1") ;;
		esac
		shift
	done
	ctr run "${arguments[@]}" "$(ctr image list --quiet)" "$box" "${entry[@]}" "${@:2}"
}

engine_main() {
	ctr task list | awk -v box="$box" '$1 == box { print $2 }'
}

engine_exec() {
	ctr task exec --exec-id="e$RANDOM$RANDOM" "$box" "$@"
}

engine_pause() {
	ctr task pause "$box"
}

engine_unpause() {
	ctr task resume "$box"
}

engine_remove() {
	ctr task delete --force "$box"
	ctr container delete "$box"
}

engine_runs() {
	ctr task list | awk -v box="$box" '$1 == box && $3 == "RUNNING" { found = 1 } END { exit !found }'
}

engine_describes() {
	echo "container $box of containerd"
}

engine_cells() {
	echo " $box "
}
