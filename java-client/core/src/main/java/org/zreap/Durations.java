// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;

/** Checks of times that callers give. Stateless. */
final class Durations {

    private static final Duration TICK = Duration.ofMillis(1);

    private Durations() {}

    /** The time in whole milliseconds, rounded up: to spare more, or to wait longer, is the safe side. */
    static Duration wholeMillis(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a time is not negative: " + time);
        }
        Duration whole = Duration.ofMillis(time.toMillis());
        return whole.equals(time) ? whole : whole.plus(TICK);
    }
}
