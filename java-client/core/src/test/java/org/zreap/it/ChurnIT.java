// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.zreap.ProcessIdentity;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;

/** While processes come and go, the kernel's list and the scanner's agree on all zombies that stay. */
class ChurnIT extends WithZreap {

    private static final int ROUNDS = 10;

    /** Children that are zombies for a moment, then waited for. */
    private static final String CHURN =
            "exec perl -e 'while (1) { my @c; for (1 .. 20) { my $c = fork; if (!$c) { exit } push @c, $c }"
                    + " select undef, undef, undef, 0.005; waitpid $_, 0 for @c }'";

    @Test
    void bothSeeWhatStays() {
        ZombieScanner scanner = ZombieScanner.system();
        try (LivingParent stable = LivingParent.ofExits(30);
                LivingParent churning = LivingParent.of(CHURN, CHURN)) {
            stable.zombies(30);
            for (int round = 0; round < ROUNDS; round++) {
                Map<ProcessIdentity, Zombie> scanned = byIdentity(scanner.scan());
                Map<ProcessIdentity, Zombie> listed = byIdentity(zreap.zombies());
                Map<ProcessIdentity, Zombie> scannedAgain = byIdentity(scanner.scan());
                Map<ProcessIdentity, Zombie> listedAgain = byIdentity(zreap.zombies());

                assertContains(listed, inBoth(scanned, scannedAgain), "the kernel's list");
                assertContains(scannedAgain, inBoth(listed, listedAgain), "the scanner's");
                assertTrue(churning.isAlive());
            }
        }
    }

    private static void assertContains(Map<ProcessIdentity, Zombie> list, Set<ProcessIdentity> wanted, String whose) {
        assertTrue(wanted.size() >= 30, "too few zombies stayed");
        assertTrue(list.keySet().containsAll(wanted), () -> whose + " lacks some of " + wanted);
    }

    private static Set<ProcessIdentity> inBoth(Map<ProcessIdentity, Zombie> one, Map<ProcessIdentity, Zombie> other) {
        return one.keySet().stream().filter(other::containsKey).collect(Collectors.toSet());
    }

    private static Map<ProcessIdentity, Zombie> byIdentity(List<Zombie> zombies) {
        return zombies.stream().collect(Collectors.toMap(Zombie::identity, Function.identity()));
    }
}
