# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Helpers for the scripts in trees/: each starts a program of this host, lets it leave a zombie and copies the tree.
# shellcheck source=../../kmod/tests/guest/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../kmod/tests/guest/lib.sh"
set -eu

# Programs that scripts/capture has built.
# shellcheck disable=SC2034
programs=/mnt/tree/target/parents
copier=$(realpath "$(dirname "${BASH_SOURCE[0]}")")/copy-tree
tree=$(basename "$0" .sh)
work=/srv/trees/$tree
mkdir -p "$work" /srv/copies
cd "$work"
started=()
trap end_all EXIT

# Whatever of them is left.
end_all() {
	set +e
	[ -z "${shim:-}" ] || kill -CONT "$shim"
	if [ -n "${container:-}" ]; then
		docker unpause "$container"
		docker kill "$container"
	fi
	for unit in "${started[@]}"; do
		systemctl thaw "$unit"
		systemctl kill --signal=KILL "$unit"
	done
} >/dev/null 2>&1

# unit COMMAND...: runs it as a unit of its own; $main is its process.
unit() {
	unit_named "$tree" "$@"
}

unit_named() {
	started+=("$1")
	systemd-run --quiet --collect --unit="$1" --working-directory="$work" --service-type=exec \
		--expand-environment=no "${@:2}"
	main=$(systemctl show --property=MainPID --value "$1")
}

# children PID: its children.
children() {
	cat "/proc/$1/task/"*/children 2>/dev/null
}

# one_child PID TEST...: its first child that passes; it is in $found.
one_child() {
	for found in $(children "$1"); do
		if "${@:2}" "$found"; then
			return
		fi
	done
	return 1
}

# has_children COUNT PID: whether it has at least as many children.
has_children() {
	[ "$(children "$2" | wc -w)" -ge "$1" ]
}

has_threads() {
	[ "$(find "/proc/$2/task" -mindepth 1 -maxdepth 1 | wc -l)" -ge "$1" ]
}

lives() {
	! is_zombie "$1"
}

is_not() {
	[ "$2" != "$1" ]
}

# is_named NAME PID: whether it lives and has this short name.
is_named() {
	lives "$2" && [ "$(cat "/proc/$2/comm")" = "$1" ]
}

# zombie_of PID: waits for a zombie child; it is in $found.
zombie_of() {
	await one_child "$1" is_zombie
}

# child_of PID NAME: waits for a living child of that short name; it is in $found.
child_of() {
	await one_child "$1" is_named "$2"
}

# sleeps_in PATTERN PID: whether its main thread sleeps in a kernel function whose name has a match of this.
sleeps_in() {
	grep -q "$1" "/proc/$2/task/$2/wchan"
}

in_state() {
	[ "$(state "$2")" = "$1" ]
}

# copy ZOMBIE [OPTION...]: the tree, for scripts/capture.
copy() {
	"$copier" "$@" > "/srv/copies/$tree"
}

# stalled_log: the pipe `log`, whose reader hangs. Programs can write to it until fill_log.
stalled_log() {
	rm -f log
	mkfifo log
	unit_named "$tree-reader" sh -c 'exec sleep infinity < log'
}

fill_log() {
	python3 -c '
import os
pipe = os.open("log", os.O_WRONLY | os.O_NONBLOCK)
for size in (4096, 1):
    try:
        while True:
            os.write(pipe, b"x" * size)
    except BlockingIOError:
        pass'
}

# orphans_of_stalled_init COMMAND...: an init, process 1 of a namespace, that logs to the pipe `log`. Two orphans of it
# end when the log is full, so it sleeps in the write about the first. The second is in $found, a zombie.
orphans_of_stalled_init() {
	stalled_log
	echo "exec $* sh -c '(sleep 1000000 & sleep 1000001 &); exec sleep 1000002' > log 2>&1" > start
	unit unshare --pid --fork --kill-child sh start
	child_of "$main" "$1"
	init=$found
	await has_children 3 "$init"
	fill_log
	for orphan in $(children "$init"); do
		case $(tr '\0' ' ' < "/proc/$orphan/cmdline") in
		*1000002*) ;;
		*) kill "$orphan" ;;
		esac
	done
	await sleeps_in pipe_write "$init"
	zombie_of "$init"
}

# skeleton: a root tree for containers, in $root; $mounts are the folders of this host that it needs.
mounts=(/usr /etc /srv)
skeleton() {
	root=/srv/skeleton
	for folder in dev proc run sys tmp "${mounts[@]#/}"; do
		mkdir -p "$root/$folder"
	done
	for link in bin lib lib64 sbin; do
		ln -sfn "usr/$link" "$root/$link"
	done
}

# docker_run OPTION... -- COMMAND...: a container; its ID is in $container, its process 1 in $main.
docker_run() {
	options=()
	while [ "$1" != -- ]; do
		options+=("$1")
		shift
	done
	shift
	if ! docker image inspect host >/dev/null 2>&1; then
		mkdir -p /etc/docker
		echo '{"iptables": false, "ip6tables": false, "bridge": "none"}' > /etc/docker/daemon.json
		systemctl start docker
		skeleton
		tar -C "$root" -c . | docker import - host >/dev/null
	fi
	for mount in "${mounts[@]}"; do
		options+=("--volume=$mount:$mount")
	done
	container=$(docker run --detach --rm --network=none --workdir="$work" "${options[@]}" host "$@")
	# shellcheck disable=SC2034
	main=$(docker inspect --format='{{.State.Pid}}' "$container")
}

# exec_ended_under_stopped_shim: a container in which a docker exec has ended while its parent, the shim, is stopped.
# The zombie is in $executed.
exec_ended_under_stopped_shim() {
	docker_run -- sleep infinity
	docker exec --detach "$container" sleep 1000000
	shim=$(awk '/^PPid:/ { print $2 }' "/proc/$main/status")
	await one_child "$shim" is_not "$main"
	executed=$found
	kill -STOP "$shim"
	await in_state T "$shim"
	kill -KILL "$executed"
	await is_zombie "$executed"
}
