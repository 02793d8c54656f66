// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Checks times that callers give. Stateless. */
public final class Durations {

    private static final Duration TICK = Duration.ofMillis(1);

    /** Some 292 years: no more nanoseconds than a long holds, and no more than the module takes. */
    private static final Duration LONGEST = Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(Long.MAX_VALUE));

    private Durations() {}

    /**
     * The time in whole milliseconds, rounded up: to spare more, or to wait longer, is the safe
     * side. A time of more than 292 years is cut to that, which its nanoseconds do not overflow.
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
