// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what other processes do, by looking until a deadline. */
public final class Await {

    /** Generous: guests run under emulation, several at once. */
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private Await() {}

    /** The first value that there is. */
    public static <T> T value(String what, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        for (; ; ) {
            Optional<T> seen = look.get();
            if (seen.isPresent()) {
                return seen.get();
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited " + DEADLINE + " in vain for " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
