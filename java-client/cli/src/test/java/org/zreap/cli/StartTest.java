// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that starts loads only what it needs: classes are what its start costs. */
class StartTest {

    @TempDir
    private Path proc;

    @Test
    void listsWithoutNativeLibraryJsonAndLogger() throws Exception {
        String loaded = classesOf("list", "--from=proc");

        assertTrue(loaded.contains(" org.zreap.ZombieScanner "), loaded);
        assertFalse(loaded.contains(" com.sun.jna."), loaded);
        assertFalse(loaded.contains(" com.fasterxml."), loaded);
        assertFalse(loaded.contains(" org.slf4j."), loaded);
    }

    @Test
    void asksTheModuleWithoutJsonAndLogger() throws Exception {
        Files.writeString(
                proc.resolve("zreap"),
                "PID PPID START AGE_MS STATUS STATE SPARED UID THREADS TRACER PARENT COMM\n"
                        + "77 10 345 61000 1792 reapable - 0 0 - server child\n");

        String loaded = classesOf("list", "--from=kernel", "--proc=" + proc);

        assertTrue(loaded.contains("\n77   10    1m   exited 7 "), loaded);
        assertFalse(loaded.contains(" com.fasterxml."), loaded);
        assertFalse(loaded.contains(" org.slf4j."), loaded);
    }

    private static String classesOf(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                "org.zreap.cli.ZreapCommand"));
        line.addAll(List.of(arguments));
        Process zreap = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(zreap.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(ZreapCommand.DONE, zreap.waitFor(), said);
        return said;
    }
}
