// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zreap.Failure;
import org.zreap.ZreapException;

@Timeout(60)
class BoundedLookTest {

    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void givesWhatWasSeen() {
        BoundedLook looks = new BoundedLook(Duration.ofMinutes(1), 1);

        assertEquals(Optional.of("seen"), looks.at(() -> Optional.of("seen")));
        assertEquals(Optional.empty(), looks.at(Optional::empty));
        assertEquals(Optional.of("again"), looks.at(() -> Optional.of("again")));
    }

    @Test
    void givesUpWhatHangsAndTriesNoMoreThanItMay() throws InterruptedException {
        BoundedLook looks = new BoundedLook(SHORT, 1);
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);

        Optional<String> first = looks.at(() -> {
            await(hanging);
            ended.countDown();
            return Optional.of("late");
        });
        Optional<String> second = looks.at(() -> Optional.of("not tried"));

        assertEquals(Optional.empty(), first);
        assertEquals(Optional.empty(), second);
        hanging.countDown();
        ended.await();
    }

    @Test
    void takesFailureToReadForNothingSeen() {
        BoundedLook looks = new BoundedLook(Duration.ofMinutes(1), 1);

        assertEquals(Optional.empty(), looks.at(() -> {
            throw new ZreapException(Failure.of("cannot read", "mount it"));
        }));
        assertThrows(
                IllegalStateException.class,
                () -> looks.at(() -> {
                    throw new IllegalArgumentException("malformed");
                }));
    }

    @Test
    void keepsAnInterrupt() {
        BoundedLook looks = new BoundedLook(Duration.ofMinutes(1), 1);
        CountDownLatch never = new CountDownLatch(1);

        Thread.currentThread().interrupt();
        Optional<String> seen = looks.at(() -> {
            await(never);
            return Optional.of("never");
        });

        assertEquals(Optional.empty(), seen);
        assertTrue(Thread.interrupted());
        never.countDown();
    }

    @Test
    void keepsAThreadForTheNextLook() {
        BoundedLook looks = new BoundedLook(Duration.ofMinutes(1), 2);

        Optional<Thread> first = looks.at(() -> Optional.of(Thread.currentThread()));
        for (int i = 0; i < 100; i++) {
            assertEquals(first, looks.at(() -> Optional.of(Thread.currentThread())));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
