// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.zreap.CommandName;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.Zombies;

/** What the kernel lists and what the scanner finds in /proc. */
class ZombiesIT extends WithZreap {

    @Test
    void kernelAndScannerAgree() {
        String renamed = "printf '%s' > /proc/$$/comm";
        try (LivingParent parent = LivingParent.of(
                "exit 7",
                "kill -KILL $$",
                renamed.formatted("\\001\\011\\012\\033\\177"),
                renamed.formatted("a) Z 1 (b"),
                renamed.formatted("\\134 \\303\\244 -"),
                renamed.formatted("\\055"),
                renamed.formatted("\\377\\200".repeat(8)))) {
            List<Zombie> found = parent.zombies(7);

            List<Zombie> listed = zreap.zombies().stream()
                    .filter(zombie -> zombie.parentPid() == parent.pid())
                    .toList();

            assertEquals(found, listed.stream().map(Zombies::asProcShows).toList());
            assertTrue(listed.stream().allMatch(z -> z.age().orElseThrow().compareTo(Duration.ofMinutes(5)) < 0));
            assertTrue(found.stream().anyMatch(z -> z.name().equals(CommandName.of("a) Z 1 (b"))));
            assertTrue(found.stream().anyMatch(z -> z.name().equals(CommandName.of("-"))));
        }
    }

    @Test
    void neitherNamesTheLivingOrTheGone() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();

            zreap.reap(zombie);

            List<Zombie> listed = zreap.zombies();
            assertFalse(listed.stream().anyMatch(z -> z.pid() == zombie.pid() || z.pid() == parent.pid()));
            assertEquals(Optional.empty(), ZombieScanner.system().find(zombie.pid()));
            assertEquals(Optional.empty(), ZombieScanner.system().find(parent.pid()));
        }
    }
}
