// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RuntimesTest {

    private static final byte[] NOTHING = {};

    @ParameterizedTest
    @CsvSource({
        "JVM, /usr/lib/jvm/java-17-openjdk-amd64/bin/java",
        "PYTHON, /usr/bin/python3.11",
        "NODE, /usr/bin/node",
        "DOTNET, /usr/share/dotnet/dotnet",
        "SHELL, /usr/bin/dash",
        "INIT, /usr/lib/systemd/systemd",
        "INIT, /sbin/tini",
        "OTHER, /usr/sbin/nginx",
        "OTHER, javac",
    })
    void knowsProgramsByName(ProgramRuntime runtime, String executable) {
        assertEquals(runtime, Runtimes.of(executable, Optional.empty(), NOTHING));
    }

    @ParameterizedTest
    @CsvSource({
        "JVM, /usr/lib/jvm/x/lib/server/libjvm.so",
        "PYTHON, /usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0",
        "DOTNET, /opt/app/libcoreclr.so",
        "NODE, /opt/libnode.so.108",
        "OTHER, /usr/lib/x86_64-linux-gnu/libc.so.6",
    })
    void knowsThemByLibrary(ProgramRuntime runtime, String library) {
        String maps = "7f2c3c000000-7f2c3c021000 r-xp 00000000 fe:01 1234  " + library + "\n";

        assertEquals(runtime, Runtimes.of("/opt/app/server", Optional.of(maps), NOTHING));
    }

    @Test
    void knowsGoByItsNote() {
        byte[] head = new byte[200];
        byte[] note = {4, 0, 0, 0, 83, 0, 0, 0, 4, 0, 0, 0, 'G', 'o', 0, 0};
        System.arraycopy(note, 0, head, 150, note.length);

        assertEquals(ProgramRuntime.GO, Runtimes.of("/usr/bin/caddy", Optional.of(""), head));
        head[163] = 'p';
        assertEquals(ProgramRuntime.OTHER, Runtimes.of("/usr/bin/caddy", Optional.of(""), head));
    }

    @ParameterizedTest
    @EnumSource
    void everyOneSaysWhatReapingDoes(ProgramRuntime runtime) {
        assertTrue(runtime.effectOfForcedReap().endsWith("must not signal that child any more"));
    }
}
