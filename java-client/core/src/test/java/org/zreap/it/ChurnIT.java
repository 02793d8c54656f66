// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.Zombies;

/**
 * While processes come and go, the kernel's list and the scanner's agree: whatever zombie one of
 * them shows twice, the other shows in between, with the same facts.
 */
class ChurnIT extends WithZreap {

    private static final int ROUNDS = 25;
    private static final int STABLE = 30;

    /**
     * Children with names of any bytes that end in any way at any time. Some are waited for at
     * once, some later, and some are left behind for an init by a parent that ends itself.
     */
    private static final String CHURN = """
            my $seed = shift;
            srand $seed;
            sub end {
                srand $seed + $$;
                open my $comm, ">", "/proc/self/comm" or die;
                syswrite $comm, join "", map { chr int rand 256 } 1 .. 1 + rand 15;
                select undef, undef, undef, rand 0.02;
                kill 9, $$ if rand() < 0.3;
                exit int rand 256;
            }
            sub brood {
                my @children;
                for (1 .. rand 15) {
                    my $child = fork;
                    end() unless $child;
                    push @children, $child;
                }
                return @children;
            }
            my @children;
            while (1) {
                my $nest = fork;
                if (!$nest) { brood(); select undef, undef, undef, rand 0.03; exit }
                push @children, brood();
                select undef, undef, undef, rand 0.05;
                waitpid splice(@children, rand @children, 1), 0 while @children > rand 20;
                waitpid $nest, 0;
            }
            """;

    @Test
    void bothSeeWhatStays() {
        long seed = System.nanoTime();
        ZombieScanner scanner = ZombieScanner.system();
        int passing = 0;
        try (LivingParent stable = LivingParent.ofExits(STABLE);
                LivingParent churning = LivingParent.running(CHURN, Long.toString(seed))) {
            stable.zombies(STABLE);
            Await.value(
                    "the first that comes", () -> churning.zombies().stream().findFirst());
            for (int round = 0; round < ROUNDS; round++) {
                Set<Zombie> scanned = asProcShows(scanner.scan());
                Set<Zombie> listed = asProcShows(zreap.zombies());
                Set<Zombie> scannedAgain = asProcShows(scanner.scan());
                Set<Zombie> listedAgain = asProcShows(zreap.zombies());

                assertContains(listed, inBoth(scanned, scannedAgain), "the kernel's list, seed " + seed);
                assertContains(scannedAgain, inBoth(listed, listedAgain), "the scanner's, seed " + seed);
                assertTrue(churning.isAlive());
                passing += scanned.size() - inBoth(scanned, listedAgain).size();
            }
        }
        assertTrue(passing > 0, "nothing came and went, seed " + seed);
    }

    private static void assertContains(Set<Zombie> list, Set<Zombie> wanted, String whose) {
        assertTrue(wanted.size() >= STABLE, "too few zombies stayed");
        List<Zombie> lacking =
                wanted.stream().filter(zombie -> !list.contains(zombie)).toList();
        assertEquals(List.of(), lacking, whose);
    }

    private static Set<Zombie> inBoth(Set<Zombie> one, Set<Zombie> other) {
        return one.stream().filter(other::contains).collect(Collectors.toSet());
    }

    private static Set<Zombie> asProcShows(List<Zombie> zombies) {
        return zombies.stream().map(Zombies::asProcShows).collect(Collectors.toSet());
    }
}
