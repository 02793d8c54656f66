// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Checks times that callers give. Stateless. */
public final class Durations {

    private static final Duration TICK = Duration.ofMillis(1);

    /** About 292 years: the most nanoseconds that fit a long. The module takes it too. */
    private static final Duration LONGEST = Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(Long.MAX_VALUE));

    private Durations() {}

    /**
     * The time in whole milliseconds, rounded up: it is safer to spare more, or to wait longer. A
     * time of more than 292 years becomes 292 years, so its nanoseconds fit a long.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public static Duration wholeMillis(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a time is not negative: " + time);
        }
        if (time.compareTo(LONGEST) >= 0) {
            return LONGEST;
        }
        Duration whole = Duration.ofMillis(time.toMillis());
        return whole.equals(time) ? whole : whole.plus(TICK);
    }
}
