// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.zreap.diagnosis.ProgramRuntime;
import org.zreap.internal.diagnosis.Program.Waits;

class ProgramsTest {

    private static final Supplier<byte[]> NOTHING = () -> new byte[0];

    @ParameterizedTest
    @CsvSource({
        "JVM, FOR_ITS_OWN, /usr/lib/jvm/java-17-openjdk-amd64/bin/java",
        "PYTHON, UNKNOWN, /usr/bin/python3.11",
        "NODE, FOR_ITS_OWN, /usr/bin/node",
        "DOTNET, FOR_ITS_OWN, /usr/share/dotnet/dotnet",
        "BASH, FOR_ANY_AT_TIMES, /bin/bash",
        "DASH, FOR_ANY_AT_TIMES, /usr/bin/dash",
        "SHELL, UNKNOWN, /usr/bin/zsh",
        "SUPERVISOR, FOR_ANY, /usr/lib/systemd/systemd",
        "SUPERVISOR, FOR_ANY_IF_TOLD, /usr/bin/containerd-shim-runc-v2",
        "SUPERVISOR, FOR_ANY, /usr/sbin/nginx",
        "SUPERVISOR, FOR_ANY_IF_TOLD, /usr/lib/postgresql/15/bin/postgres",
        "INIT, FOR_ANY, /sbin/tini",
        "INIT, FOR_ANY, /usr/bin/catatonit",
        "INIT, FOR_ANY, /run/podman-init",
        "INIT, FOR_ANY_IF_TOLD, /pause",
        "OTHER, FOR_NONE, /usr/bin/sleep",
        "OTHER, UNKNOWN, /usr/sbin/cron",
        "OTHER, UNKNOWN, javac",
    })
    void knowsProgramsByName(ProgramRuntime runtime, Waits waits, String executable) {
        Program program = Programs.of(Optional.of(executable), "x", Optional::empty, NOTHING);

        assertEquals(runtime, program.runtime());
        assertEquals(waits, program.waits());
        assertEquals(executable.substring(executable.lastIndexOf('/') + 1), program.name());
    }

    @ParameterizedTest
    @CsvSource({
        "INIT, /bin/busybox, init",
        "INIT, /bin/busybox, runsvdir",
        "BUSYBOX_SHELL, /bin/busybox, sh",
        "SUPERVISOR, /usr/bin/redis-check-rdb, redis-server",
        "OTHER, /usr/bin/redis-check-rdb, redis-check-rdb",
        "RUBY, /usr/bin/ruby3.3, ruby",
        "OTHER, /bin/busybox, httpd",
        "SUPERVISOR, /usr/bin/python3.11, supervisord",
        "SUPERVISOR, /usr/bin/python3, gunicorn: maste",
        "PYTHON, /usr/bin/python3, app",
    })
    void knowsScriptsByTheirOwnName(ProgramRuntime runtime, String executable, String ownName) {
        assertEquals(
                runtime,
                Programs.of(Optional.of(executable), ownName, Optional::empty, NOTHING)
                        .runtime());
    }

    @ParameterizedTest
    @CsvSource({
        "JVM, /usr/lib/jvm/x/lib/server/libjvm.so",
        "DOTNET, /opt/app/libcoreclr.so",
        "NODE, /opt/libnode.so.108",
        "OTHER, /usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0",
        "OTHER, /usr/lib/x86_64-linux-gnu/libc.so.6",
    })
    void knowsThemByLibrary(ProgramRuntime runtime, String library) {
        String maps = "7f2c3c000000-7f2c3c021000 r-xp 00000000 fe:01 1234  " + library + "\n";

        assertEquals(
                runtime,
                Programs.of(Optional.of("/opt/app/server"), "server", () -> Optional.of(maps), NOTHING)
                        .runtime());
    }

    @Test
    void knowsGoByItsNote() {
        byte[] head = new byte[200];
        byte[] note = {4, 0, 0, 0, 83, 0, 0, 0, 4, 0, 0, 0, 'G', 'o', 0, 0};
        System.arraycopy(note, 0, head, 150, note.length);

        assertEquals(ProgramRuntime.GO, caddy(head).runtime());
        assertEquals(ProgramRuntime.GO, caddy(note).runtime());
        assertEquals(ProgramRuntime.OTHER, caddy(Arrays.copyOf(note, 15)).runtime());
        head[163] = 'p';
        assertEquals(ProgramRuntime.OTHER, caddy(head).runtime());
    }

    private static Program caddy(byte[] head) {
        return Programs.of(Optional.of("/usr/bin/caddy"), "caddy", Optional::empty, () -> head);
    }

    @Test
    void collectsOnlyIfTold() {
        Program runsv = Programs.of(Optional.of("/usr/bin/runsv"), "runsv", Optional::empty, NOTHING);
        Program tini = Programs.of(Optional.of("/sbin/tini"), "tini", Optional::empty, NOTHING);

        assertTrue(runsv.collectsAll(true));
        assertFalse(runsv.collectsAll(false));
        assertTrue(tini.collectsAll(false));
    }

    @ParameterizedTest
    @EnumSource
    void safetyPageSaysWhatReapingDoes(ProgramRuntime runtime) throws IOException {
        String page = Files.readString(Path.of("../../docs/safety.md"));

        assertTrue(page.contains("| " + runtime.label() + " | " + runtime.effectOfForcedReap() + " |"), runtime::label);
    }
}
