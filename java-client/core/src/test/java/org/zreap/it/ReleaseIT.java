// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.zreap.ExitStatus;
import org.zreap.ReapOptions;
import org.zreap.ReapResult;
import org.zreap.Request;
import org.zreap.Target;
import org.zreap.Zombie;

class ReleaseIT extends WithZreap {

    @Test
    void releasesZombieWhileItsParentLivesOn() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();

            ReapResult.Released released = assertInstanceOf(
                    ReapResult.Released.class,
                    zreap.send(Request.release(List.of(zombie), ReapOptions.defaults()))
                            .get(0));

            assertEquals(new ExitStatus.Exited(7), released.status());
            assertTrue(released.rusage().orElseThrow().maxResidentBytes() > 0);
            assertTrue(zreap.verification().isGone(zombie.identity()));
            assertTrue(parent.isAlive());
            assertInstanceOf(
                    ReapResult.Gone.class,
                    zreap.send(Request.release(List.of(zombie), ReapOptions.defaults()))
                            .get(0));
        }
    }

    @Test
    void releasesMany() {
        try (LivingParent parent = LivingParent.ofExits(300)) {
            List<Zombie> zombies = parent.zombies(300);
            ReapOptions dryRun = ReapOptions.builder().dryRun(true).build();

            List<ReapResult> would = zreap.send(Request.release(zombies, dryRun));
            List<ReapResult> done = zreap.send(Request.release(zombies, ReapOptions.defaults()));

            assertTrue(would.stream().allMatch(ReapResult.WouldRelease.class::isInstance), would::toString);
            assertEquals(
                    zombies.stream().map(z -> z.status().orElseThrow()).toList(),
                    done.stream()
                            .map(result -> assertInstanceOf(ReapResult.Released.class, result)
                                    .status())
                            .toList());
            assertEquals(List.of(), parent.zombies());
        }
    }

    @Test
    void leavesTheLivingAlone() {
        try (LivingParent parent = LivingParent.of()) {
            assertInstanceOf(
                    ReapResult.Alive.class,
                    zreap.send(Request.release(List.of(Target.ofPid(parent.pid())), ReapOptions.defaults()))
                            .get(0));
        }
    }
}
