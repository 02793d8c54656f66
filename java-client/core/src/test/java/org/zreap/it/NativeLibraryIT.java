// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.Zombie;

/** The command where JNA's folder for temporary files is of no use. */
class NativeLibraryIT {

    private static final int FAILED = 5;

    @ParameterizedTest
    @ValueSource(strings = {"noexec", "ro"})
    void listsAndSaysWhatHelps(String option, @TempDir Path folder) throws Exception {
        run("mount", "-t", "tmpfs", "-o", option, "none", folder.toString());
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();

            String listed = zreap(0, folder, "list");
            String refused = zreap(FAILED, folder, "reap", zombie.identity().toString());

            assertTrue(listed.lines().anyMatch(line -> line.startsWith(zombie.pid() + " ")), listed);
            assertTrue(listed.contains("zreap: this is from /proc, "), listed);
            assertEquals(1, refused.lines().count(), refused);
            assertTrue(refused.startsWith("zreap: cannot load the native library of JNA ("), refused);
            assertTrue(refused.contains("-Djna.tmpdir=FOLDER"), refused);
        } finally {
            run("umount", folder.toString());
        }
    }

    private static String zreap(int expectedExit, Path folder, String... arguments) throws Exception {
        ProcessBuilder command = Command.builder(List.of(arguments)).redirectErrorStream(true);
        command.command().add(1, "-Djna.tmpdir=" + folder);
        return Command.run(expectedExit, command);
    }

    private static void run(String... line) throws Exception {
        Command.run(0, new ProcessBuilder(line).redirectErrorStream(true));
    }
}
