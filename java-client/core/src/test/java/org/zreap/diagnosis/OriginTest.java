// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.diagnosis.Finding.Kind;

/** Whether a zombie is older than the program that its parent runs: their starts decide. */
class OriginTest extends OneZombie {

    private static final String SCRIPT = "a start script started it and then became the parent by exec";

    /** A JVM takes longer than a tick to run its program. The parent starts at tick 1000. */
    @ParameterizedTest
    @CsvSource({
        "1049, FROM_BEFORE_EXEC",
        "1050, FROM_BEFORE_EXEC",
        "1051, NOT_ITS_OWN",
    })
    void comparesWithTheOldestThreadOfAJvm(long start, Kind kind) throws IOException {
        parent().executable("/nowhere/java")
                .threads(3)
                .thread(11, 'S', 1050, "")
                .thread(12, 'S', 1060, "")
                .write();
        zombieOf(start);

        assertEquals(kind, diagnose().finding().kind());
    }

    /** Go runs the program at once, so a child may start in the tick of the first thread. */
    @ParameterizedTest
    @CsvSource({"1049, FROM_BEFORE_EXEC", "1050, STARTED_WITHOUT_WAIT"})
    void comparesWithTheOldestThreadOfGo(long start, Kind kind, @TempDir Path folder) throws IOException {
        byte[] note = {4, 0, 0, 0, 83, 0, 0, 0, 4, 0, 0, 0, 'G', 'o', 0, 0};
        Path program = Files.write(folder.resolve("exporter"), note);
        parent().executable(program.toString())
                .threads(2)
                .thread(11, 'S', 1050, "")
                .write();
        zombieOf(start);

        assertEquals(kind, diagnose().finding().kind());
    }

    /** A thread that is not seen may be older than all that are. */
    @Test
    void claimsNothingWhereAThreadIsNotSeen() throws IOException {
        parent().executable("/nowhere/java")
                .threads(3)
                .thread(11, 'S', 1050, "")
                .write();
        zombieOf(1010);

        Finding finding = diagnose().finding();

        assertEquals(Kind.NOT_ITS_OWN, finding.kind());
        assertTrue(causes(finding).contains(SCRIPT), causes(finding)::toString);
    }

    /** Other programs may start a thread whenever they like. */
    @Test
    void claimsNothingOfProgramsThatItDoesNotKnow() throws IOException {
        parent().threads(2).thread(11, 'S', 1050, "").write();
        zombieOf(1010);

        assertEquals(Kind.HANDLER_DOES_NOT_WAIT, diagnose().finding().kind());
    }

    /** A minute after its parent's start, at 100 ticks a second. */
    @ParameterizedTest
    @CsvSource({"7000, true", "7001, false"})
    void takesNoStartScriptForSlow(long start, boolean mayBeScript) throws IOException {
        parent().sigchld(false, false, false).write();
        zombieOf(start);

        Finding finding = diagnose().finding();

        assertEquals(Kind.NEVER_WAITS, finding.kind());
        assertEquals(mayBeScript, causes(finding).contains(SCRIPT));
        assertEquals(
                !mayBeScript,
                finding.evidence().contains("it started at tick " + start + ", its parent at 1000: long after it"));
    }

    private void zombieOf(long start) throws IOException {
        tree.process(21).start(start).zombieOf(PARENT, 0).write();
    }

    private static List<String> causes(Finding finding) {
        return finding.alternatives().stream().map(Alternative::cause).toList();
    }
}
