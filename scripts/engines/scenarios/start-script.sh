#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

# A server that comes with Java's runtime, and starts no process.
server='exec java -XX:+UseSerialGC -Xshare:auto -m java.rmi/sun.rmi.registry.RegistryImpl'
helper="sh -c 'sleep 1; echo ended > $shared/ended'"

must 'a start script leaves a helper and becomes Java' starts_with 1 -- sh -c "$helper & $server"
it 'zreap why tells the cause and the fix' why "$(first_zombie "$main")" 'became java by exec' \
	'an init alone (--init, tini) does not help' '( helper & )' 'run the script under an init'
it 'the zombie can be reaped, and Java lives' reap "$main"
must 'the fix: ( helper & ), below an init' start --init -- sh -c "($helper &); $server"
it 'no zombie stays' stays_clean
finish
