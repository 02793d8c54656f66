// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.zreap.internal.ZombieBuilder;

class OptionsTest {

    @Test
    void namedZombiesAreReapedWhateverTheirAge() {
        assertEquals(Duration.ZERO, ReapOptions.defaults().minAge());
        assertEquals(Optional.empty(), ReapOptions.defaults().timeout());
        assertFalse(ReapOptions.defaults().dryRun());
    }

    @Test
    void adoptersAreToldBySignalsThatTell() {
        assertEquals(OptionalInt.empty(), AdoptOptions.defaults().signal());
        assertEquals(OptionalLong.empty(), AdoptOptions.defaults().adopter());
        assertEquals(OptionalInt.of(10), signal("USR1"));
        assertEquals(OptionalInt.of(10), signal("SIGUSR1"));
        assertEquals(OptionalInt.of(10), signal("10"));
        assertEquals(OptionalInt.of(37), signal("RTMIN+3"));
        for (String none : List.of("", "SIG", "usr1", "0", "65", "-1", "KILL", "19", "signal 32")) {
            assertThrows(IllegalArgumentException.class, () -> signal(none), none);
        }
        assertThrows(
                IllegalArgumentException.class, () -> AdoptOptions.builder().signal(65));
        assertThrows(
                IllegalArgumentException.class, () -> AdoptOptions.builder().adopter(0));
    }

    private static OptionalInt signal(String name) {
        return AdoptOptions.builder().signal(name).build().signal();
    }

    @Test
    void sweepsSpareTheYoung() {
        assertTrue(SweepOptions.defaults().selects(zombie(10, Duration.ofSeconds(60))));
        assertFalse(SweepOptions.defaults().selects(zombie(10, Duration.ofMillis(59_999))));
        assertTrue(SweepOptions.builder().minAge(Duration.ZERO).build().selects(zombie(10, Duration.ZERO)));
    }

    @Test
    void sweepsSpareZombiesOfUnknownAge() {
        Zombie known = zombie(10, Duration.ofHours(1));
        Zombie unknown = Zombies.withAge(known, Optional.empty());

        assertFalse(SweepOptions.builder().minAge(Duration.ZERO).build().selects(unknown));
    }

    @Test
    void sweepsSpareChildrenOfParentsThatMayStillWait() {
        Zombie ofStopped = zombie(10, Duration.ofHours(1), ZombieState.PARENT_STOPPED, Optional.empty());
        Zombie ofBusy = zombie(10, Duration.ofHours(1), ZombieState.REAPABLE, Optional.of(ZombieState.PARENT_BUSY));
        Zombie traced = zombie(10, Duration.ofHours(1), ZombieState.TRACED, Optional.empty());
        Zombie young = zombie(10, Duration.ofMillis(1), ZombieState.PARENT_STOPPED, Optional.empty());
        SweepOptions gentle = SweepOptions.defaults();
        SweepOptions force = SweepOptions.builder().force(true).build();

        assertEquals(Optional.of(ZombieState.PARENT_STOPPED), gentle.spares(ofStopped));
        assertEquals(Optional.of(ZombieState.PARENT_BUSY), gentle.spares(ofBusy));
        assertEquals(Optional.of(ZombieState.PARENT_STOPPED), gentle.spares(young));
        assertFalse(gentle.selects(ofStopped) || gentle.selects(ofBusy) || gentle.selects(traced));

        assertTrue(force.selects(ofStopped) && force.selects(ofBusy));
        assertEquals(Optional.of(ZombieState.TRACED), force.spares(traced));
        assertEquals(Optional.of(ZombieState.YOUNG), force.spares(young));
    }

    @Test
    void nothingIsForcedUnlessAskedFor() {
        assertFalse(ReapOptions.defaults().force());
        assertFalse(AdoptOptions.defaults().force());
        assertFalse(SweepOptions.defaults().reapOptions().force());
        assertTrue(ReapOptions.builder().force(true).build().force());
        assertTrue(AdoptOptions.builder().force(true).build().force());
    }

    @Test
    void sweepsKeepToParents() {
        SweepOptions of10 = SweepOptions.builder().parent(10).build();
        SweepOptions notOf10 = SweepOptions.builder().protectParent(10).build();
        Zombie of11 = zombie(11, Duration.ofHours(1));

        assertTrue(of10.selects(zombie(10, Duration.ofHours(1))));
        assertFalse(of10.selects(of11));
        assertFalse(notOf10.selects(zombie(10, Duration.ofHours(1))));
        assertTrue(notOf10.selects(of11));
        assertFalse(SweepOptions.builder().filter(zombie -> false).build().selects(of11));
    }

    @Test
    void sweepsKnowParentsAgainByTheirStart() {
        ProcessIdentity parent = new ProcessIdentity(10, 500);
        SweepOptions ofIt = SweepOptions.builder().parent(parent).build();
        SweepOptions notOfIt = SweepOptions.builder().protectParent(parent).build();
        Zombie zombie = zombie(10, Duration.ofHours(1));
        LongFunction<Optional<ProcessIdentity>> same = pid -> Optional.of(parent);
        LongFunction<Optional<ProcessIdentity>> another = pid -> Optional.of(new ProcessIdentity(pid, 501));
        LongFunction<Optional<ProcessIdentity>> hidden = pid -> Optional.empty();

        assertTrue(ofIt.means(zombie, same));
        assertFalse(ofIt.means(zombie, another));
        assertFalse(ofIt.means(zombie, hidden));
        assertFalse(notOfIt.means(zombie, same));
        assertTrue(notOfIt.means(zombie, another));
        assertFalse(notOfIt.means(zombie, hidden));
    }

    @Test
    void timesAreRoundedToTheSafeSide() {
        assertEquals(
                Duration.ofMillis(2),
                ReapOptions.builder()
                        .minAge(Duration.ofNanos(1_000_001))
                        .build()
                        .minAge());
    }

    @Test
    void timesBeyondAllPatienceAreCutToWhatNanosecondsHold() {
        for (long seconds : List.of(Long.MAX_VALUE, Long.MAX_VALUE / 1000, 10_000_000_000L)) {
            Duration timeout = ReapOptions.builder()
                    .timeout(Duration.ofSeconds(seconds, 999_999_999))
                    .build()
                    .timeout()
                    .orElseThrow();

            assertEquals(Long.MAX_VALUE / 1_000_000, timeout.toMillis());
            assertTrue(timeout.toNanos() > 0);
        }
    }

    @Test
    void nonsenseIsRefused() {
        Duration negative = Duration.ofMillis(-1);
        assertThrows(IllegalArgumentException.class, () -> ReapOptions.builder().minAge(negative));
        assertThrows(IllegalArgumentException.class, () -> ReapOptions.builder().timeout(negative));
        assertThrows(
                IllegalArgumentException.class, () -> SweepOptions.builder().minAge(negative));
        assertThrows(
                IllegalArgumentException.class, () -> SweepOptions.builder().parent(0));
        assertThrows(
                IllegalArgumentException.class, () -> SweepOptions.builder().protectParent(0));
        assertThrows(
                IllegalArgumentException.class, () -> SweepOptions.builder().limit(0));
    }

    private static Zombie zombie(long parent, Duration age) {
        return zombie(parent, age, ZombieState.REAPABLE, Optional.empty());
    }

    private static Zombie zombie(long parent, Duration age, ZombieState state, Optional<ZombieState> spared) {
        return new ZombieBuilder(new ProcessIdentity(77, 1000), CommandName.of("sh"))
                .parentPid(parent)
                .parentName(Optional.of(CommandName.of("java")))
                .state(state)
                .spared(spared)
                .uid(OptionalLong.of(0))
                .age(Optional.of(age))
                .status(Optional.of(new ExitStatus.Exited(0)))
                .build();
    }
}
