#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Whoever reads the log of a container hangs, and the log is full. dumb-init is process 1, logs what it does, and
# cannot take an orphan.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

stalled_log
cat > start <<'END'
exec dumb-init -v \
	sh -c "(sleep 1000000 & sleep 1000001 &); exec sleep 1000002" > log 2>&1
END
unit unshare --pid --fork --kill-child sh start
child_of "$main" dumb-init
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
copy "$found"
