// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.AdoptOptions;
import org.zreap.ReapOptions;
import org.zreap.ReapReport;
import org.zreap.ReapResult;
import org.zreap.Request;
import org.zreap.SweepOptions;
import org.zreap.Target;
import org.zreap.Zombie;
import org.zreap.ZombieState;
import org.zreap.Zombies;
import org.zreap.diagnosis.Diagnoser;

/** Children of parents that may wait for them yet. */
class ParentStateIT extends WithZreap {

    private static final ReapOptions FORCE = ReapOptions.builder().force(true).build();

    @Test
    void childrenOfStoppedParentAreTakenByForceOnly() {
        try (LivingParent parent = LivingParent.of("exit 7", "exit 7", "exec sleep 100000")) {
            List<Zombie> zombies = parent.zombies(2);
            ProcessHandle sleeping = parent.sleepingChild();
            parent.stop();

            assertRefused(zombies.get(0));
            ReapResult.Reaped reaped = assertInstanceOf(
                    ReapResult.Reaped.class,
                    zreap.reap(List.of(zombies.get(0)), FORCE).get(0));

            assertEquals(zombies.get(0).status(), Optional.of(reaped.status()));
            assertTrue(zreap.verification().isGone(zombies.get(0).identity()));
            assertEquals(List.of(zombies.get(1).pid()), pids(parent.zombies()));
            assertTrue(parent.isAlive());
            assertEquals(parent.pid(), sleeping.parent().orElseThrow().pid());

            parent.goOn();
            assertInstanceOf(ReapResult.Reaped.class, zreap.reap(zombies.get(1)));
        }
    }

    @Test
    void forceAlsoReleasesAndHandsOver() {
        try (LivingParent parent = LivingParent.of("exit 7", "exit 7")) {
            List<Zombie> zombies = parent.zombies(2);
            parent.stop();

            List<ReapResult> released = zreap.send(Request.release(zombies.subList(0, 1), FORCE));
            List<ReapResult> adopted = zreap.adopt(
                    zombies.subList(1, 2), AdoptOptions.builder().force(true).build());

            assertInstanceOf(ReapResult.Released.class, released.get(0));
            assertInstanceOf(ReapResult.Adopted.class, adopted.get(0));
            assertEquals(OptionalLong.of(1), adopted.get(0).process().adopter());
        }
    }

    @Test
    void forceLiftsNothingElse() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();
            parent.stop();
            ReapOptions old = ReapOptions.builder()
                    .force(true)
                    .minAge(Duration.ofHours(1))
                    .build();

            assertInstanceOf(
                    ReapResult.Young.class, zreap.reap(List.of(zombie), old).get(0));
            assertInstanceOf(
                    ReapResult.Alive.class,
                    zreap.reap(List.of(Target.ofPid(parent.pid())), FORCE).get(0));
        }
    }

    @Test
    void listingTellsWhySweepsSpare() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie before = parent.zombie();
            assertEquals(Optional.empty(), listed(before).spared());
            parent.stop();

            Zombie listed = listed(before);

            assertEquals(ZombieState.PARENT_STOPPED, listed.state());
            assertEquals(Optional.of(ZombieState.PARENT_STOPPED), listed.spared());
            assertEquals(parent.zombie(), Zombies.asProcShows(listed));
        }
    }

    @Test
    void sweepsSpareChildrenOfStoppedParent() {
        try (LivingParent parent = LivingParent.ofExits(20)) {
            List<Long> zombies = pids(parent.zombies(20));
            parent.stop();

            ReapReport spared = zreap.sweep(sweep(parent).build());
            ReapReport wouldTake =
                    zreap.sweep(sweep(parent).force(true).dryRun(true).build());
            ReapReport taken = zreap.sweep(sweep(parent).force(true).build());

            assertEquals(List.of(), spared.results());
            assertEquals(Set.of(ZombieState.PARENT_STOPPED), spared.spared().keySet());
            assertEquals(zombies, pids(spared.spared().get(ZombieState.PARENT_STOPPED)));
            assertTrue(wouldTake.results().stream().allMatch(ReapResult.WouldReap.class::isInstance));
            assertEquals(20, taken.done().size(), taken::toString);
            assertEquals(List.of(), parent.zombies());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void childrenOfFrozenParentAreSpared(boolean above) {
        try (LivingParent parent = LivingParent.of("exit 7");
                Freezer freezer = Freezer.around(parent.pid())) {
            Zombie zombie = parent.zombie();
            if (above) {
                freezer.freezeAbove();
            } else {
                freezer.freeze();
            }

            assertRefused(zombie);
            assertEquals(
                    Set.of(ZombieState.PARENT_STOPPED),
                    zreap.sweep(sweep(parent).build()).spared().keySet());

            freezer.thaw();
            assertInstanceOf(ReapResult.Reaped.class, zreap.reap(zombie));
        }
    }

    @Test
    void childrenOfParentInTracingStopAreSpared() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();
            try (Tracer tracer = Tracer.of(parent.pid())) {
                assertRefused(zombie);
                assertEquals(ZombieState.PARENT_STOPPED, parent.zombie().state());
                assertEquals(
                        OptionalLong.of(tracer.pid()),
                        Diagnoser.system()
                                .diagnose(zombie)
                                .parent()
                                .orElseThrow()
                                .tracer());
            }
            assertInstanceOf(ReapResult.Reaped.class, zreap.reap(zombie));
        }
    }

    /** A name is consent here; a sweep has none. */
    @Test
    void sweepsSpareChildrenOfParentInVfork(@TempDir Path folder) {
        try (LivingParent parent = LivingParent.inVfork(folder)) {
            Zombie zombie = parent.zombie();

            Zombie listed = listed(zombie);
            ReapReport spared = zreap.sweep(sweep(parent).build());

            assertEquals(ZombieState.REAPABLE, listed.state());
            assertEquals(Optional.of(ZombieState.PARENT_BUSY), listed.spared());
            assertEquals(List.of(), spared.results());
            assertEquals(Set.of(ZombieState.PARENT_BUSY), spared.spared().keySet());
            assertInstanceOf(ReapResult.Reaped.class, zreap.reap(zombie));
        }
    }

    @Test
    void sweepsTakeChildrenOfParentInVforkByForce(@TempDir Path folder) {
        try (LivingParent parent = LivingParent.inVfork(folder)) {
            parent.zombie();

            ReapReport taken = zreap.sweep(sweep(parent).force(true).build());

            assertEquals(1, taken.done().size(), taken::toString);
        }
    }

    @Test
    void ageCountsAnewWhenTheParentGoesOn() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();
            Duration before = Await.value("a second", () -> listed(zombie).age().filter(age -> age.toSeconds() >= 1));
            parent.stop();

            long look = System.nanoTime();
            Duration stopped = listed(zombie).age().orElseThrow();
            parent.goOn();
            Duration after = listed(zombie).age().orElseThrow();
            Duration sinceLook = Duration.ofNanos(System.nanoTime() - look);

            assertTrue(stopped.compareTo(before) >= 0, stopped + " after " + before);
            assertTrue(after.compareTo(sinceLook) <= 0, after + " at " + sinceLook + " since the look");
        }
    }

    /** What this library needs of a module. */
    @Test
    void moduleTellsItsOptions() throws IOException {
        List<String> options = List.of(
                Files.readString(Path.of("/sys/kernel/zreap/options")).strip().split(" "));

        assertEquals(Set.of("min-age", "dry-run", "gentle", "force", "parent", "to", "signal"), Set.copyOf(options));
    }

    private void assertRefused(Zombie zombie) {
        ReapOptions dryRun = ReapOptions.builder().dryRun(true).build();

        assertInstanceOf(
                ReapResult.ParentStopped.class,
                zreap.reap(List.of(zombie), dryRun).get(0));
        assertInstanceOf(ReapResult.ParentStopped.class, zreap.reap(zombie));
        assertInstanceOf(
                ReapResult.ParentStopped.class,
                zreap.send(Request.release(List.of(zombie), ReapOptions.defaults()))
                        .get(0));
        assertInstanceOf(ReapResult.ParentStopped.class, zreap.adopt(zombie));
        assertEquals(zombie.pid(), listed(zombie).pid());
    }

    private Zombie listed(Zombie zombie) {
        return zreap.zombies().stream()
                .filter(other -> other.identity().equals(zombie.identity()))
                .findFirst()
                .orElseThrow();
    }

    private static SweepOptions.Builder sweep(LivingParent parent) {
        return SweepOptions.builder().minAge(Duration.ZERO).parent(parent.pid());
    }

    private static List<Long> pids(List<Zombie> zombies) {
        return zombies.stream().map(Zombie::pid).toList();
    }
}
