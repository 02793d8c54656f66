// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many tasks there are and may be, in a cgroup or on the machine. A task is a thread; a zombie
 * counts as one.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param cgroup the path of the cgroup; empty for the machine
 * @param current how many there are
 * @param max how many there may be; empty if there is no limit
 */
public record TaskLimit(Optional<String> cgroup, long current, OptionalLong max) {

    private static final int PERCENT = 100;

    /**
     * How many more there may be.
     *
     * @return 0 or more; the largest number if there is no limit
     */
    public long room() {
        return max.isEmpty() ? Long.MAX_VALUE : Math.max(0, max.getAsLong() - current);
    }

    /**
     * The share of the limit that is left.
     *
     * @return a whole number of percent, rounded down; 100 if there is no limit
     */
    public int roomPercent() {
        if (max.isEmpty()) {
            return PERCENT;
        }
        return max.getAsLong() == 0 ? 0 : (int) (room() * PERCENT / max.getAsLong());
    }
}
