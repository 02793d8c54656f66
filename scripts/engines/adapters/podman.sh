# shellcheck shell=bash disable=SC2034,SC2154 # lib.sh has the other half
# SPDX-License-Identifier: Apache-2.0
# podman: as root. podman-rootless: as a user, whose files zreap does not read.
init_fix='podman run --init'
thaw_fix='podman unpause'
user=op
case $engine in
*-rootless) profile=unconfined proc_zreap=allowed ;;
*)
	profile=containers-default- proc_zreap=denied
	user_namespace=(--uidmap=0:100000:65536 --gidmap=0:100000:65536)
	;;
esac

engine() {
	if [ "$engine" = podman-rootless ]; then
		(cd / && exec runuser -u $user -- env "XDG_RUNTIME_DIR=/run/user/$(id -u $user)" \
			"DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/$(id -u $user)/bus" podman "$@")
	else
		podman "$@"
	fi
}

engine_set_up() {
	if [ "$engine" = podman-rootless ]; then
		useradd --create-home --shell /bin/bash $user
		loginctl enable-linger $user
		await test -S "/run/user/$(id -u $user)/bus" || return
	fi
	tar -C "$root" -c . | engine import - host
}

engine_version() {
	version=$(engine info --format 'podman {{.Version.Version}}, cgroups by {{.Host.CgroupManager}}')
	echo "$version, $(crun --version | head -n 1)"
}

engine_run() {
	run_by engine "$@"
}

engine_main() {
	engine inspect --format='{{.State.Pid}}' "$box"
}

engine_exec() {
	engine exec "$box" "$@"
}

engine_pause() {
	engine pause "$box"
}

engine_unpause() {
	engine unpause "$box"
}

engine_remove() {
	engine rm --force --time=0 "$box"
}

engine_runs() {
	[ "$(engine inspect --format='{{.State.Running}}' "$box" 2>/dev/null)" = true ]
}

container_id() {
	engine inspect --format='{{.Id}}' "$box"
}

engine_describes() {
	if [ "$engine" = podman-rootless ]; then
		echo "container $(container_id) of Podman"
	else
		echo "container $(container_id) ($box) of Podman, image localhost/host:latest"
	fi
}

engine_cells() {
	container_id | cut -c 1-12
}
