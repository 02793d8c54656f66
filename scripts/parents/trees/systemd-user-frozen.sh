#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The manager of a user is frozen with all that it runs. A service of it has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

loginctl enable-linger root
export XDG_RUNTIME_DIR=/run/user/0
await systemctl --user is-active default.target
user_main=$(systemctl show --property=MainPID --value user@0.service)
systemd-run --user --quiet --collect --unit=zreap-tree sleep 1000000
child_of "$user_main" sleep
child=$found
started+=(user@0.service)
systemctl freeze user@0.service
kill -KILL "$child"
copy "$child"
