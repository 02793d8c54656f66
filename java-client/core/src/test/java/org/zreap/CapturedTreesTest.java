// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.diagnosis.Ancestor;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.diagnosis.Diagnosis;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.SignalDisposition;

/**
 * Trees as kernels have shown them: {@code host} is a parent with three zombies and a living child
 * among kernel threads, {@code container} all of a small PID namespace.
 */
class CapturedTreesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"5.10", "6.1", "6.12", "7.3"})
    void zombiesAreFound(String kernel) throws IOException {
        unpack(kernel);

        List<Zombie> zombies = ZombieScanner.of(folder.resolve("host")).scan();

        assertEquals(
                List.of("perl exited 7", "a) Z 1 (b killed by SIGKILL", "\\012\\011\\134 \\377 exited 0"),
                zombies.stream()
                        .map(zombie -> zombie.name() + " " + zombie.status().orElseThrow())
                        .toList());
        for (Zombie zombie : zombies) {
            assertEquals(Optional.of(CommandName.of("the parent")), zombie.parentName());
            assertEquals(ZombieState.REAPABLE, zombie.state());
            assertEquals(OptionalLong.of(0), zombie.uid());
            assertTrue(zombie.identity().startTicks() > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.10", "6.1", "6.12", "7.3"})
    void zombieIsExplained(String kernel) throws IOException {
        unpack(kernel);
        Path proc = folder.resolve("container");
        Zombie zombie = ZombieScanner.of(proc).scan().get(0);

        Diagnosis diagnosis = Diagnoser.of(proc, folder.resolve("cgroup")).diagnose(zombie);

        assertEquals("exited 5", zombie.status().orElseThrow().toString());
        assertEquals(
                List.of("perl", "sh"),
                diagnosis.ancestry().stream()
                        .map(Ancestor::name)
                        .map(CommandName::text)
                        .toList());
        assertEquals(
                List.of("perl", "-e", "if (!fork) { exit 5 } sleep 1 while 1"),
                diagnosis.ancestry().get(0).commandLine().stream()
                        .map(CommandName::text)
                        .toList());
        assertEquals(SignalDisposition.DEFAULT, diagnosis.parent().orElseThrow().sigchld());
        assertEquals(Finding.Kind.NEVER_WAITS, diagnosis.finding().kind());
    }

    private void unpack(String kernel) throws IOException {
        try (InputStream file = CapturedTreesTest.class.getResourceAsStream("proc-" + kernel + ".zip");
                ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path path = folder.resolve(entry.getName());
                Files.createDirectories(path.getParent());
                Files.copy(zip, path);
            }
        }
    }
}
