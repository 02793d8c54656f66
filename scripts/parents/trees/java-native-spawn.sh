#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Native code in a JVM starts a child by posix_spawn and does not wait.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > Main.java <<'END'
import java.lang.foreign.*;

class Main {
    public static void main(String... arguments) throws Throwable {
        Linker linker = Linker.nativeLinker();
        var pointer = ValueLayout.ADDRESS;
        var spawn = linker.downcallHandle(
                linker.defaultLookup().find("posix_spawn").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, pointer, pointer, pointer, pointer, pointer, pointer));
        Arena arena = Arena.global();
        MemorySegment program = arena.allocateFrom("/bin/true");
        MemorySegment command = arena.allocate(pointer, 2);
        command.setAtIndex(pointer, 0, program);
        MemorySegment none = MemorySegment.NULL;
        spawn.invoke(arena.allocate(ValueLayout.JAVA_INT), program, none, none, command, none);
        Thread.sleep(Long.MAX_VALUE);
    }
}
END
unit java --enable-native-access=ALL-UNNAMED Main.java
zombie_of "$main"
await in_state S "$main"
copy "$found"
