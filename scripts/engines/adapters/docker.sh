# shellcheck shell=bash disable=SC2034,SC2154 # lib.sh has the other half
# SPDX-License-Identifier: Apache-2.0
# docker: with the cgroup driver systemd. docker-cgroupfs: with the other one.
init_fix='docker run --init'
thaw_fix='docker unpause'
profile=docker-default
proc_zreap=denied
case $engine in
*-cgroupfs) driver=cgroupfs ;;
*) driver=systemd ;;
esac

engine_set_up() {
	mkdir -p /etc/docker
	echo "{\"iptables\": false, \"ip6tables\": false, \"bridge\": \"none\",
		\"exec-opts\": [\"native.cgroupdriver=$driver\"]}" > /etc/docker/daemon.json
	systemctl restart docker && tar -C "$root" -c . | docker import - host
}

engine_version() {
	docker info --format "docker {{.ServerVersion}}, cgroups by {{.CgroupDriver}}, $(runc --version | head -n 1)"
}

engine_run() {
	run_by docker "$@"
}

engine_main() {
	docker inspect --format='{{.State.Pid}}' "$box"
}

engine_exec() {
	docker exec "$box" "$@"
}

engine_pause() {
	docker pause "$box"
}

engine_unpause() {
	docker unpause "$box"
}

engine_remove() {
	docker rm --force "$box"
}

engine_runs() {
	[ "$(docker inspect --format='{{.State.Running}}' "$box" 2>/dev/null)" = true ]
}

container_id() {
	docker inspect --format='{{.Id}}' "$box"
}

engine_describes() {
	echo "container $(container_id) ($box) of Docker, image host"
}

engine_cells() {
	container_id | cut -c 1-12
}
