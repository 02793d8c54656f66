# shellcheck shell=bash disable=SC2034,SC2154 # lib.sh has the other half
# SPDX-License-Identifier: Apache-2.0
# systemd-nspawn, registered with machined. It has neither exec nor pause for a machine without systemd: nsenter in the
# machine's cgroup, with its rights, and systemd's freezer do that. The program is process 1, so tini is the init.
init_fix='tini or dumb-init'
thaw_fix='systemctl thaw'
profile=unconfined
proc_zreap=allowed

engine_set_up() {
	systemctl start systemd-machined
}

engine_version() {
	systemd-nspawn --version | head -n 1
}

engine_run() {
	arguments=("--bind=$shared") entry=() rights=()
	for mount in "${mounts[@]}"; do
		arguments+=("--bind-ro=$mount")
	done
	while [ "$1" != -- ]; do
		case $1 in
		--init) entry=(tini --) ;;
		--pids-limit=*) arguments+=("--property=TasksMax=${1#*=}") ;;
		--cap-drop=KILL)
			arguments+=(--drop-capability=CAP_KILL)
			rights=(setpriv --bounding-set=-kill --inh-caps=-kill --)
			;;
		*) arguments+=("$1") ;;
		esac
		shift
	done
	shift
	arguments+=(-- "${entry[@]}" "$@")
	# systemd puts variables into the arguments of a unit, and takes $$ for a $.
	systemd-run --quiet --collect "--unit=nspawn-of-$box" --service-type=exec \
		systemd-nspawn --quiet "--machine=$box" "--directory=$root" --resolv-conf=off --timezone=off \
		--link-journal=no --private-network "${arguments[@]//\$/\$\$}"
}

engine_main() {
	machinectl show --property=Leader --value "$box"
}

engine_exec() {
	sh -c 'echo $$ > "/sys/fs/cgroup$(sed -n s/^0:://p "/proc/$0/cgroup")/cgroup.procs"
		exec nsenter --all --root --wd --target "$0" -- "$@"' "$main" "${rights[@]}" "$@"
}

engine_pause() {
	systemctl freeze "machine-$box.scope"
}

engine_unpause() {
	systemctl thaw "machine-$box.scope"
}

engine_remove() {
	systemctl kill --signal=KILL "machine-$box.scope"
	systemctl stop "nspawn-of-$box"
}

engine_runs() {
	machinectl show --property=State "$box" 2>/dev/null | grep -q running
}

engine_describes() {
	echo "container $box of systemd-nspawn"
}

engine_cells() {
	echo " $box "
}
