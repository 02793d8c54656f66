// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zreap.ProcessIdentity;
import org.zreap.ReapResult;
import org.zreap.Zombie;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.remedy.Ladder;
import org.zreap.remedy.LadderReport;

class LadderIT extends WithZreap {

    @Test
    void nudgeHelpsWhereSignalWasMissed() {
        try (LivingParent parent = LivingParent.handlingSigchldTooLate()) {
            LadderReport report = Ladder.builder(zreap)
                    .nudge(Duration.ofSeconds(30))
                    .reap()
                    .build()
                    .climb(parent.zombie());

            assertTrue(report.gone(), report::toString);
            assertEquals(1, report.outcomes().size());
            assertTrue(parent.isAlive());
        }
    }

    @Test
    void reapHelpsWhereNudgeDoesNot() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            LadderReport report = Ladder.builder(zreap)
                    .nudge(Duration.ofMillis(50))
                    .reap()
                    .build()
                    .climb(parent.zombie());

            assertTrue(report.gone(), report::toString);
            assertEquals("reaped, exited 7", report.outcomes().get(1).explanation());
            assertTrue(parent.isAlive());
        }
    }

    @Test
    void initHelpsWhereTheParentDoesNot() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            LadderReport report = Ladder.builder(zreap)
                    .adoptByInit(Duration.ofSeconds(30))
                    .build()
                    .climb(parent.zombie());

            assertTrue(report.gone(), report::toString);
            assertEquals(
                    "handed to process 1, exited 7; the zombie went",
                    report.outcomes().get(0).explanation());
            assertTrue(parent.isAlive());
        }
    }

    @Test
    void endsWhereTheParentIsStopped() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();
            ProcessIdentity named =
                    Diagnoser.system().diagnose(zombie).ancestry().get(0).identity();
            parent.stop();
            List<Ladder> ladders = List.of(
                    Ladder.builder(zreap).adoptByInit(Duration.ZERO).reap().build(),
                    Ladder.builder(zreap)
                            .reap()
                            .killParent(named, Duration.ZERO)
                            .build(),
                    Ladder.builder(zreap)
                            .killParent(named, Duration.ZERO)
                            .reap()
                            .build());

            for (Ladder ladder : ladders) {
                LadderReport report = ladder.climb(zombie);

                assertFalse(report.gone(), report::toString);
                assertEquals(1, report.outcomes().size(), report::toString);
                assertInstanceOf(
                        ReapResult.ParentStopped.class,
                        report.outcomes().get(0).result().orElseThrow());
            }
            assertEquals(1, parent.zombies().size());
            assertTrue(parent.isAlive());
        }
    }

    @Test
    void onlyTheNamedParentIsKilled() {
        try (LivingParent parent = LivingParent.of("exit 7");
                LivingParent other = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();
            ProcessIdentity named =
                    Diagnoser.system().diagnose(zombie).ancestry().get(0).identity();
            Ladder ladder = Ladder.builder(zreap)
                    .killParent(named, Duration.ofSeconds(30))
                    .build();

            LadderReport spared = ladder.climb(other.zombie());
            LadderReport killed = ladder.climb(zombie);

            assertFalse(spared.gone());
            assertTrue(other.isAlive());
            assertTrue(killed.gone(), killed::toString);
        }
    }
}
