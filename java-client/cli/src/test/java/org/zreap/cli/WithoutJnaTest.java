// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.Zombie;
import org.zreap.it.Jvm;
import org.zreap.it.LivingParent;

/** The command in a JVM that cannot load JNA, or the native part of it. */
class WithoutJnaTest {

    private static final String FAILED = "cannot load the native library of JNA (";

    private static LivingParent parent;
    private static Zombie zombie;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeZombie() {
        parent = LivingParent.of("exit 7");
        zombie = parent.zombie();
    }

    @AfterAll
    static void end() {
        parent.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "top", "why"})
    void looksWithoutJna(String command) throws Exception {
        String[] line =
                command.equals("why") ? new String[] {command, zombie.identity().toString()} : new String[] {command};
        for (Jvm java : new Jvm[] {withoutFolder(), Jvm.likeThis().without("jna-")}) {
            Jvm.Ended ended = java.run(ZreapCommand.class, line);

            assertEquals(ZreapCommand.DONE, ended.code(), ended.err());
            String pid = Long.toString(command.equals("top") ? parent.pid() : zombie.pid());
            assertTrue(ended.out().contains(pid), ended.out());
            String err = command.equals("why") ? "" : "zreap: this is from /proc, ";
            assertTrue(ended.err().startsWith(err), ended.err());
            assertEquals(err.isEmpty() ? 0 : 1, ended.err().lines().count(), ended.err());
            assertEquals(!err.isEmpty(), ended.err().contains(FAILED), ended.err());
        }
    }

    @Test
    void saysInOneLineThatItCannotAct() throws Exception {
        for (String command : new String[] {"reap", "release", "adopt", "fix"}) {
            Jvm.Ended ended = withoutFolder()
                    .run(ZreapCommand.class, command, zombie.identity().toString());

            assertEquals(ZreapCommand.FAILED, ended.code(), ended.err());
            assertEquals(1, ended.err().lines().count(), ended.err());
            assertTrue(ended.err().startsWith("zreap: " + FAILED), ended.err());
            assertTrue(ended.err().contains("-Djna.tmpdir=FOLDER"), ended.err());
        }
    }

    @Test
    void doctorSaysWhatToDo() throws Exception {
        Jvm.Ended ended = withoutFolder().run(ZreapCommand.class, "doctor", "--json");

        assertEquals(ZreapCommand.FAILED, ended.code(), ended.err());
        Schemas.assertValid("doctor", ended.out());
        assertTrue(ended.out().contains("\"reason\":\"native-library\""), ended.out());
        assertTrue(ended.out().contains("-Djna.tmpdir=FOLDER"), ended.out());
    }

    /** JNA can unpack nothing below a file. */
    private static Jvm withoutFolder() throws IOException {
        Path file = folder.resolve("file");
        return Jvm.likeThis()
                .with("-Djna.tmpdir=" + (Files.exists(file) ? file : Files.createFile(file)).resolve("below"));
    }
}
