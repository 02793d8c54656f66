#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

deaf_child() {
	[ -n "$main" ] && deaf_one=$(pgrep --parent "$main" perl) && has_zombies "$deaf_one" 3 && rests "$deaf_one"
}

must 'a container with an init runs a program that never waits' start --init -- "${deaf[@]}"
must 'that has zombies' await deaf_child
it 'zreap why says that the program must wait' why "$(first_zombie "$deaf_one")" \
	'author: wait for every child' "$(engine_describes)"
it 'it does not advise an init' has_not_told "$init_fix"
it 'the zombies can be reaped, and the program lives' reap "$deaf_one"
finish
