#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

limit=40
# shellcheck disable=SC2016
fills=(perl -e 'while (defined(my $child = fork)) { $child or exit 3 } sleep')

# It has process 1, and perhaps an init of the engine.
is_full() {
	[ "$(zombies_of "$main" | wc -l)" -ge $((limit - 2)) ] && rests "$main"
}

# An engine may enter a full container, since a process that moves into a cgroup is not held to its limit. A fork is.
forks() {
	engine_exec sh -c '/bin/true; /bin/true'
}

cannot_fork() {
	! forks
}

sweeps() {
	says zreap sweep --min-age=0s "--parent=$main" -- reaped
}

must "process 1 forks up to the limit of $limit" start --pids-limit=$limit -- "${fills[@]}"
must 'the container is full' await is_full
it 'a command in it cannot fork' cannot_fork
it 'zreap why shows the limit' why "$(first_zombie "$main")" \
	"$limit of $limit tasks in the cgroup" "$(engine_describes)"
it 'a sweep from outside' sweeps
it 'the zombies are gone, and process 1 lives' reaped "$main"
it 'a command in it can fork again' forks
finish
