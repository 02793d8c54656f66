// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.ZreapException;
import org.zreap.diagnosis.Diagnoser;

/** A procfs that hides the processes of others. */
class HidepidIT {

    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    @TempDir
    private Path folder;

    private Path proc;

    @BeforeEach
    void prepare() throws IOException {
        proc = Files.createDirectory(folder.resolve("proc"));
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", proc.toString());
    }

    /** 1 hides what is in the folders, 2 the folders too. */
    @ParameterizedTest
    @CsvSource({"0, seen", "1, hidden", "2, hidden"})
    void othersSeeNothingAndFailNowhere(int hidepid, String expected) throws Exception {
        mount(hidepid);
        try (LivingParent parent = LivingParent.of("exit 7")) {
            long pid = parent.zombie().pid();

            String seen = OtherJvm.in(folder).run(AS_NOBODY, Reader.class, proc.toString(), Long.toString(pid));

            assertEquals(expected, seen);
        }
    }

    @Test
    void rootSeesAll() throws Exception {
        mount(2);
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();

            assertEquals(zombie, ZombieScanner.of(proc).find(zombie.pid()).orElseThrow());
        }
    }

    private void mount(int hidepid) throws IOException, InterruptedException {
        run("mount", "-t", "proc", "-o", "hidepid=" + hidepid, "proc", proc.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }

    /** Looks for one zombie in every way there is. */
    static final class Reader {

        private Reader() {}

        public static void main(String... arguments) throws ZreapException {
            Path proc = Path.of(arguments[0]);
            long pid = Long.parseLong(arguments[1]);
            ZombieScanner scanner = ZombieScanner.of(proc);
            boolean scanned = scanner.scan().stream().anyMatch(zombie -> zombie.pid() == pid);
            boolean found = scanner.find(pid)
                    .map(zombie -> Diagnoser.of(proc, Path.of("/sys/fs/cgroup")).diagnose(zombie))
                    .isPresent();
            System.out.println(scanned != found ? "it depends" : found ? "seen" : "hidden");
        }
    }
}
