// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.Zombie;
import org.zreap.diagnosis.Finding.Kind;

/** What a finding shows for its cause, and which other causes it leaves open. */
class EvidenceTest extends OneZombie {

    @ParameterizedTest
    @CsvSource({"T, To let it: kill -CONT 99", "S, 'let the tracer detach, or: kill 99'"})
    void aTracerThatIsStoppedMayGoOn(char state, String advice) throws IOException {
        parent().write();
        tree.process(99).state(state).write();
        tree.process(21).zombieOf(PARENT, 0).tracer(99).write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.TRACED, finding.kind());
        assertTrue(finding.now().text().contains(advice), finding.now()::text);
    }

    @Test
    void aThreadInTheKernelMayHoldUpTheOthers() throws IOException {
        parent().write();
        tree.process(21).zombieOf(PARENT, 0).threads(2).thread(22, 'D').write();

        assertEquals(
                "thread 22 is stuck in the kernel",
                diagnose().finding().alternatives().get(0).cause());
        tree.process(21).zombieOf(PARENT, 0).threads(2).thread(22, 'S').write();
        assertTrue(diagnose().finding().isCertain());
    }

    /** A handler blocks its own signal while it runs. */
    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void aHandlerMayBeRunning(boolean caught, boolean named) throws IOException {
        parent().sigchld(true, false, caught).write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.SIGCHLD_BLOCKED, finding.kind());
        assertEquals(named, leavesOpen(finding, "its handler for SIGCHLD is running"));
    }

    @Test
    void onlySystemdAsProcess1HasCrashedInPause() throws IOException {
        tree.process(PARENT)
                .parent(1)
                .name("systemd")
                .executable("/nowhere/systemd")
                .wchan("pause")
                .nsPid("10")
                .write();

        assertNotEquals(Kind.INIT_CRASHED, diagnose().finding().kind());
        tree.process(PARENT)
                .parent(1)
                .name("systemd")
                .executable("/nowhere/systemd")
                .wchan("pause")
                .nsPid("10\t1")
                .write();
        assertEquals(Kind.INIT_CRASHED, diagnose().finding().kind());
    }

    /** monit waits for its programs; an orphan that it was given it does not know. redis waits for any child. */
    @ParameterizedTest
    @CsvSource({"monit, true", "redis-server, false"})
    void whoWaitsForItsOwnMayHaveAnOrphan(String program, boolean named) throws IOException {
        parent().name(program)
                .executable("/nowhere/" + program)
                .wchan("ep_poll")
                .write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.WAITS_AT_TIMES, finding.kind());
        assertTrue(finding.evidence().contains("wchan of 10: ep_poll"), finding.evidence()::toString);
        assertEquals(named, leavesOpen(finding, "it is a subreaper and was given an orphan"));
    }

    @ParameterizedTest
    @CsvSource({
        "tini, true, REAPER_BEHIND",
        "postgres, true, REAPER_BEHIND",
        "server, false, NEVER_WAITS",
        "server, true, HANDLER_DOES_NOT_WAIT"
    })
    void showsWhereTheParentSleeps(String program, boolean caught, Kind kind) throws IOException {
        parent().executable("/nowhere/" + program)
                .sigchld(false, false, caught)
                .wchan("ep_poll")
                .write();

        Finding finding = diagnose().finding();

        assertEquals(kind, finding.kind());
        assertTrue(finding.evidence().contains("wchan of 10: ep_poll"), finding.evidence()::toString);
    }

    /** What blocks SIGCHLD and has no signalfd hears of nothing. */
    @Test
    void aSupervisorThatIsNotToldIsNotBehind() throws IOException {
        parent().executable("/nowhere/postgres").sigchld(true, false, true).write();

        assertEquals(Kind.SIGCHLD_BLOCKED, diagnose().finding().kind());
    }

    /** The PID is another process's by now. */
    @Test
    void readsNothingOfALaterProcessOfThatPid() throws IOException {
        parent().write();
        tree.process(21).zombieOf(PARENT, 0).exitSignal(0).write();
        Zombie listed = zombie();
        tree.process(21).zombieOf(PARENT, 0).exitSignal(0).start(5000).write();

        assertNotEquals(Kind.EXIT_SIGNAL, diagnoser.diagnose(listed).finding().kind());
    }

    private static boolean leavesOpen(Finding finding, String cause) {
        return finding.alternatives().stream().anyMatch(one -> one.cause().startsWith(cause));
    }
}
