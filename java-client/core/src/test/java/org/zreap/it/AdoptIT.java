// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.zreap.AdoptOptions;
import org.zreap.ReapResult;
import org.zreap.Target;
import org.zreap.Zombie;

class AdoptIT extends WithZreap {

    @Test
    void theAdopterGetsTheStatus() {
        try (LivingParent parent = LivingParent.of("exit 7");
                Adopter adopter = Adopter.start()) {
            Zombie zombie = parent.zombie();

            ReapResult.Adopted adopted = assertInstanceOf(ReapResult.Adopted.class, hand(zombie, to(adopter.pid())));

            assertEquals(OptionalLong.of(adopter.pid()), adopted.process().adopter());
            assertEquals(zombie.pid() + " " + (7 << 8), adopter.nextLine());
            assertTrue(zreap.verification().isGone(zombie.identity()));
            assertTrue(parent.isAlive());
        }
    }

    @Test
    void manyAreAdopted() {
        try (LivingParent parent = LivingParent.ofExits(300);
                Adopter adopter = Adopter.start()) {
            List<Zombie> zombies = parent.zombies(300);

            List<ReapResult> results = zreap.adopt(zombies, to(adopter.pid()));

            assertTrue(results.stream().allMatch(ReapResult.Adopted.class::isInstance), results::toString);
            Set<String> told = new HashSet<>();
            for (int i = 0; i < 300; i++) {
                told.add(adopter.nextLine());
            }
            assertEquals(
                    zombies.stream()
                            .map(zombie -> zombie.pid() + " "
                                    + zombie.status().orElseThrow().waitStatus())
                            .collect(Collectors.toSet()),
                    told);
        }
    }

    @Test
    void initAdoptsByDefault() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();

            ReapResult result = zreap.adopt(zombie);

            assertInstanceOf(ReapResult.Adopted.class, result);
            assertEquals(OptionalLong.of(1), result.process().adopter());
            Await.value(
                    "init's wait",
                    () -> zreap.verification().isGone(zombie.identity()) ? Optional.of(true) : Optional.empty());
        }
    }

    @Test
    void refusalsChangeNothing() {
        try (LivingParent parent = LivingParent.of("exit 7");
                LivingParent deaf = LivingParent.of()) {
            Zombie zombie = parent.zombie();

            assertInstanceOf(ReapResult.NoAdopter.class, hand(zombie, to(Target.MAX_PID)));
            assertInstanceOf(ReapResult.OwnChild.class, hand(zombie, to(parent.pid())));
            ReapResult refused = assertInstanceOf(ReapResult.Deaf.class, hand(zombie, to(deaf.pid())));

            assertEquals(OptionalLong.of(deaf.pid()), refused.process().adopter());
            assertEquals(zombie, parent.zombie());
        }
    }

    @Test
    void dryRunOnlySays() {
        try (LivingParent parent = LivingParent.of("exit 7");
                Adopter adopter = Adopter.start()) {
            Zombie zombie = parent.zombie();

            ReapResult result = hand(
                    zombie,
                    AdoptOptions.builder()
                            .adopter(adopter.pid())
                            .signal("USR1")
                            .dryRun(true)
                            .build());

            assertInstanceOf(ReapResult.WouldAdopt.class, result);
            assertEquals(zombie, parent.zombie());
        }
    }

    private ReapResult hand(Zombie zombie, AdoptOptions options) {
        return zreap.adopt(List.of(zombie), options).get(0);
    }

    private static AdoptOptions to(long adopter) {
        return AdoptOptions.builder().adopter(adopter).signal("USR1").build();
    }
}
