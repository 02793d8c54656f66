// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zreap.ReapResult;
import org.zreap.Zombie;
import org.zreap.Zreap;

/** Several threads that want the same zombies: each zombie is reaped once, by one of them. */
class ConcurrencyIT extends WithZreap {

    private static final int THREADS = 8;
    private static final int ZOMBIES = 400;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void threadsShareOneClient() throws Exception {
        race(zombies -> zreap.reap(zombies));
    }

    @Test
    void threadsHaveClientsOfTheirOwn() throws Exception {
        race(zombies -> {
            try (Zreap own = Zreap.open(transport)) {
                return own.reap(zombies);
            }
        });
    }

    @Test
    void threadsReapOneByOne() throws Exception {
        race(zombies -> zombies.stream().map(zreap::reap).toList());
    }

    private void race(Function<List<Zombie>, List<ReapResult>> reaper) throws InterruptedException, ExecutionException {
        try (LivingParent parent = LivingParent.ofExits(ZOMBIES)) {
            List<Zombie> zombies = parent.zombies(ZOMBIES);
            List<Callable<List<ReapResult>>> racers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                List<Zombie> shuffled = new ArrayList<>(zombies);
                Collections.shuffle(shuffled, new Random(i));
                racers.add(() -> reaper.apply(shuffled));
            }

            List<ReapResult> results = new ArrayList<>();
            for (Future<List<ReapResult>> racer : threads.invokeAll(racers)) {
                results.addAll(racer.get());
            }

            assertEquals(THREADS * ZOMBIES, results.size());
            assertTrue(results.stream().allMatch(r -> r instanceof ReapResult.Reaped || r instanceof ReapResult.Gone));
            assertEquals(
                    zombies.stream().map(Zombie::identity).collect(Collectors.toSet()),
                    results.stream()
                            .filter(ReapResult.Reaped.class::isInstance)
                            .map(result -> result.process().identity().orElseThrow())
                            .collect(Collectors.toSet()));
            assertEquals(
                    ZOMBIES,
                    results.stream().filter(ReapResult.Reaped.class::isInstance).count());
            assertEquals(List.of(), parent.zombies());
        }
    }
}
