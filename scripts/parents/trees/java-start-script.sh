#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A start script leaves a helper in the background and becomes Java by exec. The helper then ends.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > Main.java <<'END'
class Main {
    public static void main(String... arguments) throws Exception {
        Thread.sleep(Long.MAX_VALUE);
    }
}
END
echo 'sleep 2 & exec java Main.java' > start
unit sh start
zombie_of "$main"
await has_threads 10 "$main"
await in_state S "$main"
copy "$found"
