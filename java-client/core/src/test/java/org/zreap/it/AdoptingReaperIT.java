// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.zreap.AdoptOptions;
import org.zreap.ExitStatus;
import org.zreap.ReapResult;
import org.zreap.Request;
import org.zreap.Target;
import org.zreap.Zombie;
import org.zreap.adopt.AdoptingReaper;
import org.zreap.adopt.Ending;
import org.zreap.adopt.NotAdoptedException;

class AdoptingReaperIT extends WithZreap {

    private static final long SELF = ProcessHandle.current().pid();

    @Test
    void learnsHowAdoptedZombiesEnded() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7", "kill -KILL $$");
                AdoptingReaper reaper = openReaper()) {
            List<Zombie> zombies = parent.zombies(2);

            List<CompletableFuture<Ending>> endings = reaper.adopt(zombies);

            for (int i = 0; i < 2; i++) {
                Ending ending = endings.get(i).get(1, TimeUnit.MINUTES);
                assertEquals(zombies.get(i).identity(), ending.process());
                assertEquals(zombies.get(i).status().orElseThrow(), ending.status());
                assertTrue(ending.rusage().maxResidentBytes() > 0);
                assertTrue(zreap.verification().isGone(ending.process()));
            }
            assertTrue(parent.isAlive());
        }
    }

    /** No exit value is mixed up, whoever waits first. */
    @Test
    void livesSideBySideWithProcesses() throws Exception {
        int children = 60;
        try (LivingParent parent = LivingParent.ofExits(children);
                AdoptingReaper reaper = openReaper()) {
            List<Zombie> zombies = parent.zombies(children);
            List<Process> processes = new ArrayList<>();
            List<CompletableFuture<Ending>> endings = new ArrayList<>();
            for (int i = 0; i < children; i++) {
                processes.add(exiting(255 - i));
                endings.add(reaper.adopt(zombies.get(i)));
            }

            List<Integer> values = new ArrayList<>();
            for (Process process : processes) {
                values.add(process.waitFor());
            }
            List<ExitStatus> statuses = new ArrayList<>();
            for (CompletableFuture<Ending> ending : endings) {
                statuses.add(ending.get(1, TimeUnit.MINUTES).status());
            }

            assertEquals(IntStream.range(0, children).map(i -> 255 - i).boxed().toList(), values);
            assertEquals(zombies.stream().map(z -> z.status().orElseThrow()).toList(), statuses);
            assertEquals(7, exiting(7).waitFor());
        }
    }

    @Test
    void takesWhatOthersHandOver() throws Exception {
        try (LivingParent parent = LivingParent.ofExits(40);
                AdoptingReaper reaper = AdoptingReaper.builder()
                        .pollInterval(Duration.ofHours(1))
                        .open()) {
            List<Zombie> zombies = parent.zombies(40);
            List<CompletableFuture<Ending>> endings = zombies.stream()
                    .map(zombie -> reaper.expect(zombie.identity()))
                    .toList();

            List<ReapResult> results = zreap.adopt(zombies, toThisProcess("USR1"));

            assertTrue(results.stream().allMatch(ReapResult.Adopted.class::isInstance), results::toString);
            for (int i = 0; i < 40; i++) {
                assertEquals(
                        zombies.get(i).status().orElseThrow(),
                        endings.get(i).get(1, TimeUnit.MINUTES).status());
            }
        }
    }

    @Test
    void losesNothingWithTheSignal() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7");
                AdoptingReaper reaper = AdoptingReaper.builder()
                        .pollInterval(Duration.ofMillis(50))
                        .open()) {
            Zombie zombie = parent.zombie();
            CompletableFuture<Ending> ending = reaper.expect(zombie.identity());

            // SIGCHLD tells this reaper nothing.
            zreap.adopt(List.of(zombie), toThisProcess("CHLD"));

            assertEquals(
                    new ExitStatus.Exited(7), ending.get(1, TimeUnit.MINUTES).status());
        }
    }

    @Test
    void saysThatSomebodyElseReapedWhatItExpected() {
        try (LivingParent parent = LivingParent.of("exit 7");
                AdoptingReaper reaper = AdoptingReaper.builder()
                        .pollInterval(Duration.ofMillis(50))
                        .open()) {
            Zombie zombie = parent.zombie();
            CompletableFuture<Ending> ending = reaper.expect(zombie.identity());

            zreap.reap(zombie);

            ExecutionException e = assertThrows(ExecutionException.class, () -> ending.get(1, TimeUnit.MINUTES));
            assertTrue(e.getCause().getMessage().startsWith("somebody else has waited"), e::toString);
        }
    }

    @Test
    void refusesOnesOwnChildren() throws IOException {
        Process child = new ProcessBuilder("sleep", "100000").start();
        try (AdoptingReaper reaper = openReaper()) {
            ExecutionException e = assertThrows(
                    ExecutionException.class,
                    () -> reaper.adopt(Target.ofPid(child.pid())).get(1, TimeUnit.MINUTES));

            assertInstanceOf(NotAdoptedException.class, e.getCause());
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void leavesNothingBehind() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();
            for (int i = 0; i < 20; i++) {
                openReaper().close();
            }

            // The signal would kill this process again, so the kernel does not send it.
            assertInstanceOf(
                    ReapResult.Deaf.class,
                    zreap.adopt(List.of(zombie), toThisProcess("USR1")).get(0));
            assertEquals(zombie, parent.zombie());
        }
    }

    /**
     * Zombies keep coming while it is closed: each is refused, or adopted and known to the reaper.
     */
    @Test
    void isClosedWhileOthersHandOver() throws Exception {
        try (LivingParent parent = LivingParent.ofExits(200)) {
            List<Zombie> zombies = parent.zombies(200);
            AdoptingReaper reaper = openReaper();
            List<CompletableFuture<Ending>> endings = zombies.stream()
                    .map(zombie -> reaper.expect(zombie.identity()))
                    .toList();
            CompletableFuture<List<ReapResult>> handing = zreap.sendAsync(
                            Request.adopt(zombies.subList(0, 100), toThisProcess("USR1")))
                    .thenCombine(
                            zreap.sendAsync(Request.adopt(zombies.subList(100, 200), toThisProcess("USR1"))),
                            (some, others) -> {
                                List<ReapResult> all = new ArrayList<>(some);
                                all.addAll(others);
                                return all;
                            });

            reaper.close();

            List<ReapResult> results = handing.get(1, TimeUnit.MINUTES);
            for (int i = 0; i < 200; i++) {
                boolean adopted = results.get(i) instanceof ReapResult.Adopted;
                assertTrue(adopted || results.get(i) instanceof ReapResult.Deaf, results.get(i)::toString);
                assertTrue(endings.get(i).isDone());
                assertEquals(adopted, !endings.get(i).isCompletedExceptionally(), results.get(i)::toString);
            }
        }
    }

    private AdoptingReaper openReaper() {
        return AdoptingReaper.builder().transport(transport).open();
    }

    private static AdoptOptions toThisProcess(String signal) {
        return AdoptOptions.builder().adopter(SELF).signal(signal).build();
    }

    private static Process exiting(int code) throws IOException {
        return new ProcessBuilder("sh", "-c", "exit " + code).start();
    }
}
