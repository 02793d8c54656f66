# shellcheck shell=bash disable=SC2034,SC2154 # lib.sh has the other half
# SPDX-License-Identifier: Apache-2.0
# LXC, with the settings that it ships for every container. It runs a program as process 1, so tini is the init.
init_fix='tini or dumb-init'
thaw_fix='lxc-unfreeze'
profile=lxc-container-default-cgns
proc_zreap=allowed

engine_set_up() {
	mkdir -p "/var/lib/lxc/$box" && lxc-checkconfig >/dev/null
}

engine_version() {
	echo "lxc $(lxc-start --version)"
}

engine_run() {
	{
		echo "lxc.include = /usr/share/lxc/config/common.conf"
		echo "lxc.rootfs.path = dir:$root"
		echo "lxc.uts.name = $box"
		echo "lxc.net.0.type = empty"
		echo "lxc.mount.entry = $shared ${shared#/} none bind,create=dir 0 0"
		for mount in "${mounts[@]}"; do
			echo "lxc.mount.entry = $mount ${mount#/} none rbind,ro,create=dir 0 0"
		done
	} > "/var/lib/lxc/$box/config"
	entry=()
	while [ "$1" != -- ]; do
		case $1 in
		--init) entry=(/usr/bin/tini --) ;;
		--pids-limit=*) echo "lxc.cgroup2.pids.max = ${1#*=}" ;;
		--read-only) echo "lxc.rootfs.options = ro" ;;
		--cap-drop=KILL) echo "lxc.cap.drop = kill" ;;
		esac >> "/var/lib/lxc/$box/config"
		shift
	done
	lxc-start --name="$box" -- "${entry[@]}" "${@:2}"
}

engine_main() {
	lxc-info --name="$box" --pid --no-humanize
}

engine_exec() {
	lxc-attach --name="$box" --clear-env -- "$@"
}

engine_pause() {
	lxc-freeze --name="$box"
}

engine_unpause() {
	lxc-unfreeze --name="$box"
}

engine_remove() {
	lxc-stop --name="$box" --kill
}

engine_runs() {
	[ "$(lxc-info --name="$box" --state --no-humanize 2>/dev/null)" = RUNNING ]
}

engine_describes() {
	echo "container $box of LXC, LXD or Incus"
}

engine_cells() {
	echo " $box "
}
