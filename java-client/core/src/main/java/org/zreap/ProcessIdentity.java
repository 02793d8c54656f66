// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.util.OptionalLong;

/**
 * One process, for good: the PID together with the start time. A PID alone is given out again after its process has
 * been reaped. Two processes that get the same PID within one clock tick (10 ms) look the same.
 *
 * <p>Immutable and so thread-safe. {@link #toString} gives the notation of {@code /proc/zreap}, {@code PID@START}; {@link Target#parse}
 * reads it.
 *
 * @param pid the process ID
 * @param startTicks when it started, in clock ticks since boot: field 22 of {@code /proc/PID/stat} as this process
 *     reads it
 */
public record ProcessIdentity(long pid, long startTicks) implements Target {

    /**
     * Checks the numbers.
     *
     * @param pid the process ID
     * @param startTicks when it started
     * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link Target#MAX_PID}, or {@code startTicks} is
     *     negative
     */
    public ProcessIdentity {
        Target.ofPid(pid);
        if (startTicks < 0) {
            throw new IllegalArgumentException("a start time is not negative: " + startTicks);
        }
    }

    @Override
    public OptionalLong start() {
        return OptionalLong.of(startTicks);
    }

    @Override
    public String toString() {
        return pid + "@" + startTicks;
    }
}
