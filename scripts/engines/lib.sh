# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Helpers for the scenarios: a container, its zombies, and what zreap says of them. A scenario is started with the name
# of an engine and of its adapter, which defines, for $engine:
#   engine_set_up              starts the engine, and imports the image from $root
#   engine_version             prints the engine and its runtime, in one line
#   engine_run OPTION... -- COMMAND...   starts the container $box with docker's options --init, --pids-limit=N,
#                              --read-only and --cap-drop=KILL, and with --security-opt where $proc_zreap is denied;
#                              where the engine has no --init, tini is the entry point
#   engine_main                prints the PID of its process 1
#   engine_exec COMMAND...     runs a command in it
#   engine_pause, engine_unpause, engine_remove
#   engine_runs                whether the engine takes it for running
#   engine_describes           prints the words by which zreap why must name it
#   engine_cells               prints the words by which zreap list --wide must name it
#   $init_fix                  what zreap why must advise to get an init
#   $thaw_fix                  and what to unpause the container
#   $profile                   the AppArmor profile of its containers, unconfined if they have none
#   $proc_zreap                denied if that denies /proc/zreap, else allowed
#   $user_namespace            options of engine_run for a container with a user namespace of its own; none: not tried
# shellcheck source=../../kmod/tests/guest/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../kmod/tests/guest/lib.sh"
set -u
# shellcheck disable=SC2034
engine=$1 init_fix='' thaw_fix='' profile='' proc_zreap='' user_namespace=()
# shellcheck source=/dev/null
. "$(dirname "${BASH_SOURCE[0]}")/adapters/$2.sh"
main='' started=''
trap remove EXIT

# The only container at a time. Adapters and scenarios use these.
# shellcheck disable=SC2034
box=box root=/srv/image shared=/srv/shared
# shellcheck disable=SC2034
mounts=(/usr /etc/alternatives /etc/java-17-openjdk /var/cache/zreap)
# shellcheck disable=SC2016,SC2034
deaf=(perl -e 'fork or exit $_ for 1 .. 3; sleep')
mkdir -p "$shared"

# make_root: the tree of the image. It has this host's programs by mounts.
make_root() {
	for folder in dev proc run sys tmp sbin "${shared#/}" "${mounts[@]#/}"; do
		mkdir -p "$root/$folder"
	done
	for link in bin lib lib64; do
		ln -sfn "usr/$link" "$root/$link"
	done
	chmod 1777 "$root/tmp" "$shared"
}

# must NAME COMMAND...: a test without which those after it show nothing. The scenario ends if it fails.
must() {
	failed=$failures
	it "$@"
	[ "$failures" -eq "$failed" ] || finish
}

# remove: the container, if there is one.
remove() {
	[ -z "$started" ] || engine_remove >/dev/null
	main='' started=''
}

# run_by TOOL OPTION... -- COMMAND...: engine_run where the tool of the engine has docker's options itself.
run_by() {
	tool=$1
	arguments=(--detach "--name=$box" --network=none "--volume=$shared:$shared")
	for mount in "${mounts[@]}"; do
		arguments+=("--volume=$mount:$mount:ro")
	done
	shift
	while [ "$1" != -- ]; do
		arguments+=("$1")
		shift
	done
	"$tool" run "${arguments[@]}" host "${@:2}"
}

# start OPTION... -- COMMAND...: the container anew; its process 1 is in $main.
start() {
	remove
	rm -f "$shared"/*
	started=yes
	engine_run "$@" && await has_main
}

has_main() {
	main=$(engine_main) && [ -n "$main" ] && [ -e "/proc/$main" ]
}

# rests PID: whether it sleeps, which a sweep does not take for busy.
rests() {
	[ "$(state "$1")" = S ]
}

# starts_with ZOMBIES OPTION... -- COMMAND...: until process 1 has so many, and sleeps.
starts_with() {
	start "${@:2}" && await has_zombies "$main" "$1" && await rests "$main"
}

is_gone() {
	[ ! -e "/proc/$1" ]
}

first_zombie() {
	zombies_of "$1" | head -n 1
}

# says COMMAND... -- WORD...: whether the command prints each word.
says() {
	command=()
	while [ "$1" != -- ]; do
		command+=("$1")
		shift
	done
	shift
	told=$("${command[@]}" 2>&1)
	status=$?
	for word in "$@"; do
		if [[ $told != *"$word"* ]]; then
			printf '%s\nThere is no: %s\n' "$told" "$word"
			return 1
		fi
	done
	return "$status"
}

# has_told WORD: whether the last command of says has printed it.
has_told() {
	[[ $told = *"$1"* ]]
}

has_not_told() {
	! has_told "$1"
}

# why PID WORD...: whether zreap why says each word of it.
why() {
	says zreap why "$1" -- "${@:2}"
}

# why_reaps: the command in the line `now` of what zreap why has just said.
why_reaps() {
	now=$(echo "$told" | sed -n 's/^now *//p') && [[ $now = zreap\ * ]] && eval "$now"
}

# reap PID: all its zombies, without the command. It then has none, and lives.
reap() {
	zombies_of "$1" > /proc/zreap && reaped "$1"
}

# reaped PID: it has no zombies any more, and lives.
reaped() {
	await has_zombies "$1" 0 && rests "$1"
}

# told_in FILE: until the container has written this file in the shared folder.
told_in() {
	await test -s "$shared/$1"
}

# no_zombies: neither process 1 nor a child of it has one.
no_zombies() {
	for parent in "$main" $(cat "/proc/$main/task/"*/children); do
		has_zombies "$parent" 0 || return 1
	done
}

# stays_clean: the orphan, which writes the file `ended` at its end, leaves no zombie.
stays_clean() {
	told_in ended && await no_zombies
}
