#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A command keeps Redis busy. The child that wrote its snapshot has ended meanwhile.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit redis-server --unixsocket "$work/socket" --port 0 --rdb-key-save-delay 3000000 --enable-debug-command yes
server=$main
await redis-cli -s socket set key value
redis-cli -s socket bgsave
unit_named "$tree-client" redis-cli -s socket debug sleep 1000000
await sleeps_in nanosleep "$server"
zombie_of "$server"
copy "$found"
