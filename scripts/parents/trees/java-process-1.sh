#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A container without an init runs Java. A program that it started left an orphan, which ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > Main.java <<'END'
class Main {
    public static void main(String... arguments) throws Exception {
        new ProcessBuilder("sh", "-c", "sleep 3 & exit 0").start().waitFor();
        Thread.sleep(Long.MAX_VALUE);
    }
}
END
docker_run -- java Main.java
zombie_of "$main"
await in_state S "$main"
copy "$found"
