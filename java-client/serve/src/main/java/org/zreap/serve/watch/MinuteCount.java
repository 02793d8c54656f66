// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.util.concurrent.TimeUnit;

/**
 * Counts what happened in the last minute, to the second. It takes the same room for any number.
 *
 * <p>Not thread-safe.
 */
final class MinuteCount {

    private static final int SECONDS = 60;

    private final int[] counts = new int[SECONDS];
    private final long[] seconds = new long[SECONDS];

    /** Adds what happened at a time. What is older than a minute at the time of the sum does not count. */
    void add(long nanos, int number) {
        long second = TimeUnit.NANOSECONDS.toSeconds(nanos);
        int place = (int) Math.floorMod(second, (long) SECONDS);
        if (seconds[place] != second) {
            if (counts[place] > 0 && seconds[place] > second) {
                return; // a later minute has the place already
            }
            seconds[place] = second;
            counts[place] = 0;
        }
        counts[place] += number;
    }

    int sum(long nanos) {
        long second = TimeUnit.NANOSECONDS.toSeconds(nanos);
        int sum = 0;
        for (int place = 0; place < SECONDS; place++) {
            if (seconds[place] > second - SECONDS && seconds[place] <= second) {
                sum += counts[place];
            }
        }
        return sum;
    }
}
