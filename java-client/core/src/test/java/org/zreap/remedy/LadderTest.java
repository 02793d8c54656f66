// SPDX-License-Identifier: Apache-2.0
package org.zreap.remedy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.FakeModule;
import org.zreap.ProcTree;
import org.zreap.ProcessIdentity;
import org.zreap.ReapInterruptedException;
import org.zreap.ReapResult;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.Zreap;
import org.zreap.ZreapException;
import org.zreap.internal.Signals;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;

class LadderTest {

    private static final ProcessIdentity PARENT = new ProcessIdentity(10, 500);
    private static final ProcessIdentity ZOMBIE = new ProcessIdentity(21, 600);
    private static final ProcessIdentity SECOND = new ProcessIdentity(22, 601);
    private static final Duration PATIENCE = Duration.ofMillis(5);

    @TempDir
    private Path root;

    private final Processes kernel = new Processes();
    private ProcTree tree;
    private Zombie zombie;

    @BeforeEach
    void prepare() throws IOException {
        tree = new ProcTree(root).self(true);
        tree.process(PARENT.pid()).start(PARENT.startTicks()).write();
        giveZombieTo(PARENT.pid());
        zombie = ZombieScanner.of(root).find(ZOMBIE.pid()).orElseThrow();
    }

    @Test
    void stopsWhereTheZombieIsGone() {
        kernel.endsZombie = 17;

        LadderReport report = ladder().nudge(PATIENCE).reap().build().climb(zombie);

        assertTrue(report.gone());
        assertEquals(1, report.outcomes().size());
        assertEquals(
                "SIGCHLD sent to 10@500; the zombie went",
                report.outcomes().get(0).explanation());
        assertEquals(List.of(), kernel.writes());
    }

    @Test
    void takesTheNextStepWhereItStays() {
        LadderReport report = ladder().nudge(PATIENCE).reap().build().climb(zombie);

        assertTrue(report.gone());
        assertEquals(
                "SIGCHLD sent to 10@500; the zombie stayed for 5 ms",
                report.outcomes().get(0).explanation());
        assertEquals("reaped, exited 0", report.outcomes().get(1).explanation());
        assertEquals(List.of("10:17"), kernel.signals);
    }

    @Test
    void handsOverToInit() {
        kernel.answering(target -> "21 adopted 0 1792 - - - 4000 0 - 10 600 parent child");

        LadderReport report = ladder().adoptByInit(PATIENCE).reap().build().climb(zombie);

        assertTrue(report.gone());
        assertEquals(
                "handed to another parent, exited 7; the zombie went",
                report.outcomes().get(0).explanation());
        assertEquals(List.of("adopt 21@600\n"), kernel.writes());
    }

    @Test
    void takesTheNextStepWhereInitDoesNotWait() {
        kernel.initWaits = false;
        kernel.answering(target -> kernel.writes().size() < 2
                ? "21 adopted 0 1792 - - - 4000 0 - 10 600 parent child"
                : "21 reaped 0 1792 1 1 1 4000 0 - 1 600 init child");

        LadderReport report = ladder().adoptByInit(PATIENCE).reap().build().climb(zombie);

        assertEquals(
                "handed to another parent, exited 7; the zombie stayed for 5 ms",
                report.outcomes().get(0).explanation());
        assertEquals("reaped, exited 7", report.outcomes().get(1).explanation());
    }

    @Test
    void doesNotWaitWhereInitIsRefused() {
        kernel.initWaits = false;
        kernel.answering(target -> "21 own-child 17 - - - - - - - - 600 init child");

        LadderReport report = ladder().adoptByInit(Duration.ofHours(1)).build().climb(zombie);

        assertFalse(report.gone());
        assertEquals(
                "the adopter is its parent already", report.outcomes().get(0).explanation());
    }

    @Test
    void killsOnlyTheParentThatIsNamed() {
        kernel.endsZombie = 9;

        LadderReport other = ladder().killParent(new ProcessIdentity(11, 500), PATIENCE)
                .build()
                .climb(zombie);
        LadderReport former = ladder().killParent(new ProcessIdentity(10, 499), PATIENCE)
                .build()
                .climb(zombie);
        assertEquals(List.of(), kernel.signals);
        LadderReport named = ladder().killParent(PARENT, PATIENCE).build().climb(zombie);

        assertEquals("its parent is 10, not 11@500", other.outcomes().get(0).explanation());
        assertEquals(
                "process 10@499 is not there any more", former.outcomes().get(0).explanation());
        assertFalse(other.gone() || former.gone());
        assertTrue(named.gone());
        assertEquals(List.of("10:9"), kernel.signals);
    }

    @Test
    void sparesTheFormerParent() {
        handOverToInitThatDoesNotWait();

        LadderReport report = ladder().adoptByInit(PATIENCE)
                .killParent(PARENT, PATIENCE)
                .build()
                .climb(zombie);

        assertEquals("its parent is 1, not 10@500", report.outcomes().get(1).explanation());
        assertEquals(List.of(), kernel.signals);
    }

    @Test
    void protectsTheNewParent() {
        handOverToInitThatDoesNotWait();

        LadderReport report =
                ladder().adoptByInit(PATIENCE).reap().protectParent(1).build().climb(zombie);

        assertEquals("its parent 1 is protected", report.outcomes().get(1).explanation());
        assertEquals(List.of("adopt 21@600\n"), kernel.writes());
    }

    @Test
    void seesWhatProcfsHides() throws IOException {
        Files.delete(root.resolve("21/stat"));
        kernel.listing(
                "20 10 599 61000 0 reapable - 0 0 - parent other", "21 10 600 61000 0 reapable - 0 0 - parent child");

        LadderReport report = ladder().reap().build().climb(zombie);

        assertTrue(report.gone());
        assertEquals(List.of("21@600\n"), kernel.writes());
    }

    @Test
    void seesWhatProcfsHidesBehindAnotherOfItsNumber(@TempDir Path elsewhere) throws IOException {
        new ProcTree(elsewhere)
                .self(true)
                .process(ZOMBIE.pid())
                .start(601)
                .zombieOf(10, 0)
                .write();
        kernel.listing("21 10 600 61000 0 reapable - 0 0 - parent child");

        LadderReport report = ladder(elsewhere).reap().build().climb(zombie);

        assertTrue(report.gone());
        assertEquals(List.of("21@600\n"), kernel.writes());
    }

    @Test
    void leavesWhatIsNoZombieAlone() throws IOException {
        tree.process(ZOMBIE.pid()).start(ZOMBIE.startTicks()).write();

        LadderReport report = ladder().nudge(PATIENCE).build().climb(zombie);

        assertFalse(report.gone());
        assertEquals("it is no zombie any more", report.outcomes().get(0).explanation());
        assertEquals(List.of(), kernel.signals);
    }

    @Test
    void endsWhereTheParentIsStopped() {
        kernel.sparing("21@600", "parent-stopped");
        kernel.initWaits = false;
        kernel.endsZombie = 9;

        for (Ladder ladder : List.of(
                ladder().nudge(PATIENCE)
                        .adoptByInit(PATIENCE)
                        .reap()
                        .killParent(PARENT, PATIENCE)
                        .build(),
                ladder().nudge(PATIENCE).reap().killParent(PARENT, PATIENCE).build(),
                ladder().nudge(PATIENCE).killParent(PARENT, PATIENCE).reap().build())) {
            LadderReport report = ladder.climb(zombie);

            assertFalse(report.gone());
            assertEquals(2, report.outcomes().size());
            StepOutcome last = report.outcomes().get(1);
            assertInstanceOf(ReapResult.ParentStopped.class, last.result().orElseThrow());
            assertTrue(last.explanation().contains("may wait for it when it goes on"), last::explanation);
        }
        assertEquals(List.of("10:17", "10:17", "10:17"), kernel.signals);
    }

    @Test
    void dryRunTouchesNobody() {
        kernel.answering(target -> kernel.writes().size() == 2
                ? "21 would-adopt 0 - - - - 4000 0 - 10 600 parent child"
                : "21 would-reap 0 - - - - 4000 0 - 10 600 parent child");

        LadderReport report = ladder().nudge(PATIENCE)
                .reap()
                .adoptByInit(PATIENCE)
                .killParent(PARENT, PATIENCE)
                .dryRun(true)
                .build()
                .climb(zombie);

        assertFalse(report.gone());
        assertEquals(
                List.of(
                        "a dry run: SIGCHLD would go to 10@500",
                        "a dry run: would be reaped",
                        "a dry run: would be handed to another parent",
                        "a dry run: SIGKILL would go to 10@500"),
                report.outcomes().stream().map(StepOutcome::explanation).toList());
        assertTrue(report.outcomes().stream().noneMatch(StepOutcome::taken));
        assertEquals(List.of(), kernel.signals);
        assertEquals(List.of("21@600 dry-run\n", "adopt 21@600 dry-run\n", "21@600 dry-run\n"), kernel.writes());
    }

    @Test
    void leavesProtectedParentsAlone() {
        LadderReport report =
                ladder().nudge(PATIENCE).reap().protectParent(10).build().climb(zombie);

        assertEquals("its parent 10 is protected", report.outcomes().get(1).explanation());
        assertEquals(List.of(), kernel.signals);
        assertEquals(List.of(), kernel.writes());
    }

    @Test
    void saysWhatItMayNot() {
        kernel.refusal = Errno.EPERM;

        LadderReport report = ladder().nudge(PATIENCE).build().climb(zombie);

        assertEquals(
                "this process may not send SIGCHLD to 10@500",
                report.outcomes().get(0).explanation());
    }

    /** What was refused for one zombie may be allowed for the next. */
    @Test
    void nudgesAgainWhatItMightNotNudge() {
        kernel.refusal = Errno.EPERM;

        List<LadderReport> reports = ladder().nudge(PATIENCE).build().climb(List.of(zombie, zombie));

        for (LadderReport report : reports) {
            assertEquals(
                    "this process may not send SIGCHLD to 10@500",
                    report.outcomes().get(0).explanation());
            assertFalse(report.outcomes().get(0).taken());
        }
    }

    @Test
    void nudgesNobodyItCannotSee() throws IOException {
        Files.delete(root.resolve("10/stat"));

        LadderReport report = ladder().nudge(PATIENCE).build().climb(zombie);

        assertEquals("its parent cannot be seen", report.outcomes().get(0).explanation());
        assertEquals(List.of(), kernel.signals);
    }

    @Test
    void endsWhereTheParentIsBusy() {
        kernel.initWaits = false;
        kernel.answering(target -> "21 parent-busy 11 - - - - - - - 10 600 parent child");

        LadderReport report =
                ladder().reap().killParent(PARENT, PATIENCE).build().climb(zombie);

        assertEquals(1, report.outcomes().size());
        assertInstanceOf(
                ReapResult.ParentBusy.class, report.outcomes().get(0).result().orElseThrow());
        assertTrue(report.outcomes().get(0).taken(), "the module was asked in earnest");
        assertFalse(report.gone());
    }

    /** Another refusal, such as of a zombie that is too young, ends nothing. */
    @Test
    void takesTheNextStepAfterOtherRefusals() {
        kernel.initWaits = false;
        kernel.endsZombie = 9;
        kernel.answering(target -> "21 busy 16 - - - - - - - 10 600 parent child");

        LadderReport report =
                ladder().reap().killParent(PARENT, PATIENCE).build().climb(zombie);

        assertEquals(
                List.of(false, true),
                report.outcomes().stream().map(StepOutcome::gone).toList());
        assertTrue(report.gone());
        assertEquals(List.of("10:9"), kernel.signals);
    }

    @Test
    void saysWhereAnInterruptCameAndOfWhom() {
        Thread.currentThread().interrupt();
        LadderReport report = ladder().nudge(Duration.ofHours(1))
                .build()
                .climb(List.of(zombie, zombie))
                .get(0);

        assertTrue(Thread.interrupted());
        ZreapException failure = report.failure().orElseThrow();
        assertTrue(
                failure.getMessage().startsWith("interrupted while waiting for zombie 21@600 to go"),
                failure.getMessage());
        assertEquals(OptionalLong.of(21), failure.pid());
    }

    @Test
    void climbsForNoMoreThanTheLimit() {
        List<LadderReport> reports = ladder().reap().limit(1).build().climb(List.of(zombie, zombie));

        assertEquals(1, reports.size());
        assertThrows(IllegalArgumentException.class, () -> ladder().limit(0));
    }

    @Test
    void keepsTheReportsBeforeFailure() {
        kernel.signalsAtMost = 1;
        Ladder ladder = ladder().killParent(PARENT, PATIENCE).build();

        List<LadderReport> reports = ladder.climb(List.of(zombie, zombie, zombie));

        assertEquals(
                List.of(false, true),
                reports.stream().map(report -> report.failure().isPresent()).toList());
        assertEquals(1, reports.get(0).outcomes().size());
        assertThrows(ZreapException.class, () -> ladder.climb(zombie));
    }

    @Test
    void nudgesAParentOnceForAllItsZombies() {
        List<LadderReport> heard = new ArrayList<>();
        Ladder ladder = ladder().nudge(PATIENCE).build();

        List<LadderReport> reports = ladder.climb(List.of(zombie, zombie), heard::add);

        assertEquals(List.of("10:17"), kernel.signals);
        assertEquals(reports, heard);
        assertEquals(
                "SIGCHLD was sent to 10@500 before",
                reports.get(1).outcomes().get(0).explanation());
        assertFalse(reports.get(1).outcomes().get(0).taken());
        ladder.climb(zombie);
        assertEquals(List.of("10:17", "10:17"), kernel.signals);
    }

    @Test
    void givesANudgedParentTimeForAllItsZombies() throws IOException {
        kernel.endsZombie = 17;
        kernel.looksAtSecond = 3;

        Ladder ladder = ladder().nudge(Duration.ofHours(1)).reap().build();
        List<LadderReport> reports = ladder.climb(List.of(zombie, second()));

        assertEquals(
                "SIGCHLD was sent to 10@500 before; the zombie went",
                reports.get(1).outcomes().get(0).explanation());
        assertTrue(reports.get(1).gone());
        assertEquals(List.of(), kernel.writes());
    }

    @Test
    void handsNothingMoreToAnInitThatDoesNotWait() throws IOException {
        handOverToInitThatDoesNotWait();

        Ladder ladder = ladder().adoptByInit(PATIENCE).build();
        List<LadderReport> reports = ladder.climb(List.of(zombie, second()));

        StepOutcome outcome = reports.get(1).outcomes().get(0);
        assertEquals("init did not wait for a zombie of 10 before", outcome.explanation());
        assertFalse(outcome.taken() || outcome.gone());
        assertEquals(List.of("adopt 21@600\n"), kernel.writes());
    }

    @Test
    void doesNothingForWhatIsGone() {
        kernel.zombieIsGone = true;

        LadderReport report = ladder().nudge(PATIENCE).reap().build().climb(zombie);

        assertEquals(List.of(), report.outcomes());
        assertTrue(report.gone());
    }

    @Test
    void keepsAnInterrupt() {
        Ladder patient = ladder().nudge(Duration.ofHours(1)).build();

        Thread.currentThread().interrupt();
        assertThrows(ReapInterruptedException.class, () -> patient.climb(zombie));

        assertTrue(Thread.interrupted());
    }

    private Ladder.Builder ladder() {
        return ladder(root);
    }

    private Ladder.Builder ladder(Path proc) {
        Zreap zreap = kernel.client(root);
        return Ladder.builder(zreap, new Signals(kernel, new ProcFs(proc)), ZombieScanner.of(proc));
    }

    private Zombie second() throws IOException {
        tree.process(SECOND.pid())
                .start(SECOND.startTicks())
                .zombieOf(PARENT.pid(), 0)
                .write();
        return ZombieScanner.of(root).find(SECOND.pid()).orElseThrow();
    }

    private void giveZombieTo(long parent) {
        try {
            tree.process(ZOMBIE.pid())
                    .start(ZOMBIE.startTicks())
                    .zombieOf(parent, 0)
                    .write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handOverToInitThatDoesNotWait() {
        kernel.initWaits = false;
        kernel.answering(target -> {
            giveZombieTo(1);
            return "21 adopted 0 1792 - - - 4000 0 - 10 600 parent child";
        });
    }

    /** The parent and the zombie; a pidfd has the number of its process. */
    private static final class Processes extends FakeModule {

        private final List<String> signals = new ArrayList<>();
        private int endsZombie;
        private int refusal;
        private int signalsAtMost = Integer.MAX_VALUE;
        private boolean zombieIsGone;
        private boolean initWaits = true;
        private int looksAtSecond = Integer.MAX_VALUE;

        @Override
        public int pidfdOpen(long pid) throws ErrnoException {
            boolean isActedOn = writes().stream().anyMatch(request -> !request.contains("dry-run"));
            boolean reaped = zombieIsGone || (initWaits && isActedOn);
            if (pid == ZOMBIE.pid() && reaped) {
                throw new ErrnoException("pidfd_open", Errno.ESRCH);
            }
            if (pid == SECOND.pid() && looksAtSecond-- == 0) {
                throw new ErrnoException("pidfd_open", Errno.ESRCH);
            }
            return (int) pid;
        }

        @Override
        public void pidfdSendSignal(int pidfd, int signal) throws ErrnoException {
            if (refusal != 0 && signal != 0) {
                throw new ErrnoException("pidfd_send_signal", refusal);
            }
            if (signal != 0 && signals.size() == signalsAtMost) {
                throw new ErrnoException("pidfd_send_signal", Errno.EINVAL);
            }
            if (signal != 0) {
                signals.add(pidfd + ":" + signal);
                zombieIsGone |= signal == endsZombie;
            }
        }
    }
}
