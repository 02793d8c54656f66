// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.zreap.ReapOptions;
import org.zreap.ReapReport;
import org.zreap.ReapResult;
import org.zreap.Request;
import org.zreap.SweepOptions;
import org.zreap.Target;
import org.zreap.Zombie;
import org.zreap.Zreap;

class SweepIT extends WithZreap {

    @Test
    void reapsTheChildrenOfOneParent() {
        try (LivingParent parent = LivingParent.ofExits(50);
                LivingParent other = LivingParent.of("exit 0")) {
            parent.zombies(50);
            List<Zombie> spared = other.zombies(1);

            ReapReport report = zreap.sweep(SweepOptions.builder()
                    .minAge(Duration.ZERO)
                    .parent(parent.pid())
                    .build());

            assertEquals(50, report.done().size(), report::toString);
            assertEquals(List.of(), report.stillThere());
            assertEquals(List.of(), parent.zombies());
            assertEquals(spared, other.zombies());
        }
    }

    @Test
    void sparesTheYoung() {
        try (LivingParent parent = LivingParent.of("exit 0")) {
            Zombie young = parent.zombie();

            ReapReport swept = zreap.sweep(SweepOptions.builder()
                    .minAge(Duration.ofHours(1))
                    .parent(parent.pid())
                    .build());
            List<ReapResult> named = zreap.reap(
                    List.of(young),
                    ReapOptions.builder().minAge(Duration.ofHours(1)).build());

            assertEquals(0, swept.asked());
            assertInstanceOf(ReapResult.Young.class, named.get(0));
            assertEquals(young, parent.zombie());
        }
    }

    @Test
    void dryRunTouchesNothing() {
        try (LivingParent parent = LivingParent.of("exit 7", "exec sleep 100000")) {
            Zombie zombie = parent.zombie();
            ReapOptions dryRun = ReapOptions.builder().dryRun(true).build();

            ReapReport report =
                    zreap.send(Request.verified(Request.reap(List.of(zombie, Target.ofPid(parent.pid())), dryRun)));

            assertInstanceOf(ReapResult.WouldReap.class, report.results().get(0));
            assertEquals(Set.of("alive"), report.notDone().keySet());
            assertEquals(zombie, parent.zombie());
        }
    }

    @Test
    void reapsInTheBackground() throws Exception {
        try (LivingParent parent = LivingParent.ofExits(20)) {
            List<Zombie> zombies = parent.zombies(20);
            ReapOptions patient =
                    ReapOptions.builder().timeout(Duration.ofMinutes(1)).build();

            List<ReapResult> results =
                    zreap.sendAsync(Request.reap(zombies, patient)).get(1, TimeUnit.MINUTES);

            assertTrue(results.stream().allMatch(ReapResult.Reaped.class::isInstance));
            assertEquals(List.of(), parent.zombies());
        }
    }

    @Test
    void isAvailable() {
        assertTrue(Zreap.builder().transport(transport).availability().isAvailable());
    }
}
