// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.CommandName;
import org.zreap.ExitStatus;
import org.zreap.ProcessIdentity;
import org.zreap.ReapResult;
import org.zreap.Target;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.ZombieState;
import org.zreap.event.ResultEvent;

class ReapIT extends WithZreap {

    @Test
    void reapsZombieWhileItsParentLivesOn() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();

            ReapResult.Reaped reaped = assertInstanceOf(ReapResult.Reaped.class, zreap.reap(zombie));

            assertAll(
                    () -> assertEquals(new ExitStatus.Exited(7), reaped.status()),
                    () -> assertEquals(
                            Optional.of(zombie.identity()), reaped.process().identity()),
                    () -> assertEquals(
                            OptionalLong.of(parent.pid()), reaped.process().parentPid()),
                    () -> assertEquals(
                            Optional.of(CommandName.of("sh")), reaped.process().name()),
                    () -> assertEquals(
                            Optional.of(CommandName.of("sleep")),
                            reaped.process().parentName()),
                    () -> assertTrue(reaped.process().age().orElseThrow().compareTo(Duration.ofMinutes(2)) < 0),
                    () -> assertTrue(reaped.rusage().orElseThrow().maxResidentBytes() > 0),
                    () -> assertTrue(zreap.verification().isGone(zombie.identity())),
                    () -> assertTrue(parent.isAlive()),
                    () -> assertEquals(List.of(), parent.zombies()));
        }
    }

    @Test
    void reapsByPidAlone() {
        try (LivingParent parent = LivingParent.of("exit 0")) {
            Zombie zombie = parent.zombie();

            ReapResult result = zreap.reap(Target.ofPid(zombie.pid()));

            assertInstanceOf(ReapResult.Reaped.class, result);
            assertEquals(Optional.of(zombie.identity()), result.process().identity());
        }
    }

    @Test
    void keepsEveryExitCode() {
        try (LivingParent parent = LivingParent.ofExits(256)) {
            List<Zombie> zombies = parent.zombies(256);

            List<ExitStatus> statuses = zreap.reap(zombies).stream()
                    .map(result ->
                            assertInstanceOf(ReapResult.Reaped.class, result).status())
                    .toList();

            // Every other reader of exit codes agrees, one by one and all together.
            assertEquals(
                    zombies.stream()
                            .map(zombie -> zombie.status().orElseThrow())
                            .toList(),
                    statuses);
            assertEquals(
                    IntStream.range(0, 256).boxed().toList(),
                    statuses.stream()
                            .map(status -> assertInstanceOf(ExitStatus.Exited.class, status)
                                    .code())
                            .sorted()
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM", "HUP"})
    void tellsTheSignal(String signal) {
        try (LivingParent parent = LivingParent.of("kill -" + signal + " $$")) {
            assertEquals(
                    "killed by SIG" + signal,
                    statusOf(zreap.reap(parent.zombie())).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unlimited", "0"})
    void tellsWhetherCoreWasDumped(String limit) {
        try (LivingParent parent = LivingParent.of("ulimit -c " + limit + "; kill -SEGV $$")) {
            assertEquals(
                    new ExitStatus.Signalled(11, limit.equals("unlimited")), statusOf(zreap.reap(parent.zombie())));
        }
    }

    @Test
    void keepsTheOrderOfBatch() {
        try (LivingParent parent = LivingParent.ofExits(600)) {
            List<Zombie> zombies = new ArrayList<>(parent.zombies(600));
            Collections.reverse(zombies);

            List<ReapResult> results = zreap.reap(zombies);

            assertTrue(results.stream().allMatch(ReapResult.Reaped.class::isInstance), results::toString);
            assertEquals(
                    zombies.stream().map(Zombie::identity).toList(),
                    results.stream()
                            .map(result -> result.process().identity().orElseThrow())
                            .toList());
            assertTrue(zombies.stream().allMatch(z -> zreap.verification().isGone(z.identity())));
        }
    }

    @Test
    void takesBatchThatIsLongerThanOneWrite() {
        try (LivingParent parent = LivingParent.ofExits(10)) {
            List<Zombie> zombies = parent.zombies(10);
            ProcessIdentity absent = new ProcessIdentity(Target.MAX_PID, Long.MAX_VALUE);
            List<Target> targets = new ArrayList<>(Collections.nCopies(5000, absent));
            targets.addAll(zombies);
            targets.add(0, zombies.get(0));

            List<ReapResult> results = zreap.reap(targets);

            assertEquals(5011, results.size());
            assertInstanceOf(ReapResult.Reaped.class, results.get(0));
            assertTrue(results.subList(1, 5002).stream().allMatch(ReapResult.Gone.class::isInstance));
            assertTrue(results.subList(5002, 5011).stream().allMatch(ReapResult.Reaped.class::isInstance));
        }
    }

    @Test
    void leavesAnotherOwnerOfThePidAlone() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();
            ProcessIdentity former =
                    new ProcessIdentity(zombie.pid(), zombie.identity().startTicks() - 1);

            ReapResult result = zreap.reap(former);

            assertInstanceOf(ReapResult.Reused.class, result);
            assertEquals(Optional.of(zombie.identity()), result.process().identity());
            assertTrue(zreap.verification().isGone(former));
            assertFalse(zreap.verification().isGone(zombie.identity()));
            assertEquals(zombie, parent.zombie());
        }
    }

    @Test
    void leavesTheLivingAlone() {
        try (LivingParent parent = LivingParent.of("exec sleep 100000")) {
            long child = parent.sleepingChild().pid();

            assertInstanceOf(ReapResult.Alive.class, zreap.reap(Target.ofPid(child)));
            assertInstanceOf(ReapResult.Alive.class, zreap.reap(Target.ofPid(parent.pid())));
            assertEquals(child, parent.sleepingChild().pid());
        }
    }

    @Test
    void saysThatNobodyIsThere() {
        ReapResult result = zreap.reap(Target.ofPid(Target.MAX_PID));

        assertInstanceOf(ReapResult.Gone.class, result);
        assertEquals(Optional.empty(), result.process().identity());
    }

    @Test
    void tellsThreadsFromProcesses() throws IOException {
        long self = ProcessHandle.current().pid();
        long thread;
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            thread = threads.mapToLong(path -> Long.parseLong(path.getFileName().toString()))
                    .filter(id -> id != self)
                    .findFirst()
                    .orElseThrow();
        }

        assertInstanceOf(ReapResult.ThreadId.class, zreap.reap(Target.ofPid(thread)));
    }

    @Test
    void leavesDeadLeaderWithLivingThreadsAlone() {
        String leaderEnds = "import ctypes, threading, time\n"
                + "for _ in range(2): threading.Thread(target=time.sleep, args=(100000,)).start()\n"
                + "ctypes.CDLL(None).syscall(60, 0)";
        try (LivingParent parent = LivingParent.of("exec python3 -IS -c '" + leaderEnds + "'")) {
            Zombie leader = parent.zombie();
            assertEquals(ZombieState.THREADS, leader.state());

            ReapResult result = zreap.reap(leader);

            assertInstanceOf(ReapResult.Threads.class, result);
            assertEquals(OptionalInt.of(2), result.process().livingThreads());
            assertEquals(leader, parent.zombie());
        }
    }

    @Test
    void leavesTracedZombieToItsTracer() {
        try (LivingParent parent = LivingParent.of("exec sleep 100000")) {
            ProcessHandle child = parent.sleepingChild();
            Ptrace.seize(child.pid());
            child.destroyForcibly();
            Zombie zombie = parent.zombie();
            assertEquals(ZombieState.TRACED, zombie.state());

            ReapResult refused = zreap.reap(zombie);
            int toldTracer = Ptrace.awaitEnd(child.pid());
            ReapResult reaped = zreap.reap(zombie);

            assertInstanceOf(ReapResult.Traced.class, refused);
            assertEquals(
                    OptionalLong.of(ProcessHandle.current().pid()),
                    refused.process().tracer());
            assertEquals(ExitStatus.ofWaitStatus(toldTracer), statusOf(reaped));
        }
    }

    @Test
    void reapsOnlyOnce() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();

            assertInstanceOf(ReapResult.Reaped.class, zreap.reap(zombie));
            assertInstanceOf(ReapResult.Gone.class, zreap.reap(zombie));
        }
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();

            List<ReapResult> results = zreap.reap(List.of(zombie, zombie));

            assertInstanceOf(ReapResult.Reaped.class, results.get(0));
            assertInstanceOf(ReapResult.Gone.class, results.get(1));
        }
    }

    @Test
    void leavesOtherChildrenAlone() {
        try (LivingParent parent = LivingParent.of("exit 1", "exit 2", "exec sleep 100000")) {
            List<Zombie> zombies = parent.zombies(2);
            ProcessHandle sibling = parent.sleepingChild();

            zreap.reap(zombies.get(0));

            assertEquals(List.of(zombies.get(1)), parent.zombies());
            assertTrue(sibling.isAlive());
            assertEquals(parent.pid(), sibling.parent().orElseThrow().pid());
        }
    }

    @Test
    void refusalsDoNotKeepTheOthersFromBeingReaped() {
        try (LivingParent parent = LivingParent.of("exit 1", "exit 2", "exec sleep 100000")) {
            List<Zombie> zombies = parent.zombies(2);

            List<ReapResult> results = zreap.reap(List.of(
                    zombies.get(0),
                    Target.ofPid(parent.sleepingChild().pid()),
                    Target.ofPid(Target.MAX_PID),
                    zombies.get(1)));

            assertEquals(
                    List.of("reaped", "alive", "gone", "reaped"),
                    results.stream().map(ReapResult::word).toList());
        }
    }

    @Test
    void doesNotTouchWhatTheScannerDoesNotName() {
        try (LivingParent parent = LivingParent.of("exit 1");
                LivingParent other = LivingParent.of("exit 2")) {
            Zombie spared = other.zombie();

            zreap.reap(parent.zombies(1));

            assertEquals(Optional.of(spared), ZombieScanner.system().find(spared.pid()));
        }
    }

    @Test
    void remembersExitStatuses() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();

            zreap.reap(zombie);

            ResultEvent event = zreap.recent().stream()
                    .filter(e -> e.result().process().identity().equals(Optional.of(zombie.identity()))
                            && e.result() instanceof ReapResult.Reaped)
                    .findFirst()
                    .orElseThrow();
            assertEquals("reap", event.verb());
            assertEquals(new ExitStatus.Exited(7), statusOf(event.result()));
            assertEquals(OptionalLong.of(ProcessHandle.current().pid()), event.callerPid());
            assertEquals(OptionalLong.of(0), event.callerUid());
        }
    }

    private static ExitStatus statusOf(ReapResult result) {
        return assertInstanceOf(ReapResult.Reaped.class, result).status();
    }
}
