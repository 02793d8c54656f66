// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.IOUtils;
import org.junit.jupiter.api.Test;
import org.zreap.ReapOptions;
import org.zreap.Zombie;
import org.zreap.Zreap;

/** The command that prints every result. */
class CommandLineWatchIT {

    private static final int FAILED = 5;
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @Test
    void watchesUntilItIsEnded() throws Exception {
        Process watch = Command.builder(List.of("watch")).start();
        try (LivingParent parent = LivingParent.of("exit 7");
                BufferedReader lines = watch.inputReader(StandardCharsets.UTF_8)) {
            Zombie zombie = parent.zombie();
            // What comes before it has subscribed it does not hear of, so it is asked until it
            // does.
            Await.value("the first result to be heard", () -> {
                ask(zombie);
                return Optional.of(true).filter(yes -> isReady(lines));
            });
            try (Zreap zreap = Zreap.open()) {
                zreap.reap(zombie);
            }

            String line = lines.readLine();
            while (line.contains("would be reaped")) {
                line = lines.readLine();
            }
            long self = ProcessHandle.current().pid();
            assertTrue(line.contains(" reap by " + self + " (uid 0): ") && line.endsWith("reaped, exited 7"), line);
            watch.destroy();
            assertEquals(ENDED_BY_SIGTERM, watch.waitFor());
        } finally {
            watch.destroyForcibly();
        }
    }

    @Test
    void saysThatItsOutputIsLost() throws Exception {
        Process watch = Command.builder(List.of("watch"))
                .redirectOutput(new File("/dev/full"))
                .start();
        try (LivingParent parent = LivingParent.ofExits(1)) {
            Zombie zombie = parent.zombie();
            Await.value("the end of what cannot print", () -> {
                ask(zombie);
                return Optional.of(watch).filter(w -> !w.isAlive());
            });

            assertEquals(FAILED, watch.exitValue());
            String complaint = IOUtils.toString(watch.getErrorStream(), StandardCharsets.UTF_8);
            assertTrue(complaint.startsWith("zreap: cannot write the output"), complaint);
        } finally {
            watch.destroyForcibly();
        }
    }

    private static void ask(Zombie zombie) {
        try (Zreap zreap = Zreap.open()) {
            zreap.reap(List.of(zombie), ReapOptions.builder().dryRun(true).build());
        }
    }

    private static boolean isReady(BufferedReader lines) {
        try {
            return lines.ready();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
