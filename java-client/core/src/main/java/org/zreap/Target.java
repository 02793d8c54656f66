// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.util.OptionalLong;

/**
 * A process that a request names: a {@link Zombie}, a {@link ProcessIdentity}, or only a PID
 * ({@link #ofPid}).
 *
 * <p>Implementations are immutable and so thread-safe.
 */
public sealed interface Target permits Target.Pid, ProcessIdentity, Zombie {

    /** The highest PID that Linux gives out. */
    long MAX_PID = 4_194_304;

    /**
     * The process ID.
     *
     * @return a number from 1 to {@link #MAX_PID}
     */
    long pid();

    /**
     * When the process started, if that is known.
     *
     * @return field 22 of {@code /proc/PID/stat}, or empty for a mere PID
     */
    OptionalLong start();

    /**
     * The process that has this PID at the time of the request.
     *
     * @param pid the process ID
     * @return the target
     * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link #MAX_PID}
     */
    static Target ofPid(long pid) {
        return new Pid(pid);
    }

    /**
     * Reads a target as {@code /proc/zreap} does.
     *
     * @param text {@code PID} or {@code PID@START}, decimal, without sign, leading zeros or blanks
     * @return the target
     * @throws IllegalArgumentException if the text is anything else
     */
    static Target parse(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? ofPid(decimal(text))
                : new ProcessIdentity(decimal(text.substring(0, at)), decimal(text.substring(at + 1)));
    }

    /**
     * A PID without a start time; made by {@link Target#ofPid}.
     *
     * @param pid the process ID
     */
    record Pid(long pid) implements Target {

        /**
         * Checks the number.
         *
         * @param pid the process ID
         * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link #MAX_PID}
         */
        public Pid {
            requirePid(pid);
        }

        @Override
        public OptionalLong start() {
            return OptionalLong.empty();
        }

        @Override
        public String toString() {
            return Long.toString(pid);
        }
    }

    private static void requirePid(long pid) {
        if (pid < 1 || pid > MAX_PID) {
            throw new IllegalArgumentException("a PID is a number from 1 to " + MAX_PID + ", not " + pid);
        }
    }

    private static long decimal(String digits) {
        if (!digits.matches("0|[1-9][0-9]{0,18}")) {
            throw new IllegalArgumentException("not a decimal number: " + digits);
        }
        return Long.parseLong(digits);
    }
}
