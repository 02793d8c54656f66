// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import org.zreap.internal.SignalNames;

/**
 * How a process ended, as {@code waitpid} would have told its parent.
 *
 * <p>Immutable and so thread-safe.
 */
public sealed interface ExitStatus {

    /**
     * The wait status: what {@code waitpid} stores.
     *
     * @return the number that {@link #ofWaitStatus} takes
     */
    int waitStatus();

    /**
     * Takes a wait status apart.
     *
     * @param status what {@code waitpid} stores for a process that has ended
     * @return how it ended
     * @throws IllegalArgumentException if the number is not the wait status of a process that has
     *     ended
     */
    static ExitStatus ofWaitStatus(int status) {
        if ((status & ~0xffff) == 0) {
            int signal = status & 0x7f;
            int high = status >> 8;
            if (signal == 0 && (status & 0x80) == 0) {
                return new Exited(high);
            }
            if (signal != 0 && signal != 0x7f && high == 0) {
                return new Signalled(signal, (status & 0x80) != 0);
            }
        }
        throw new IllegalArgumentException("not the wait status of a process that has ended: " + status);
    }

    /**
     * The process ended by itself.
     *
     * @param code its exit code, 0 to 255
     */
    record Exited(int code) implements ExitStatus {

        /**
         * Checks the code.
         *
         * @param code its exit code
         * @throws IllegalArgumentException if it is not from 0 to 255
         */
        public Exited {
            if (code < 0 || code > 255) {
                throw new IllegalArgumentException("an exit code is from 0 to 255, not " + code);
            }
        }

        @Override
        public int waitStatus() {
            return code << 8;
        }

        @Override
        public String toString() {
            return "exited " + code;
        }
    }

    /**
     * A signal ended the process.
     *
     * @param signal the number of the signal
     * @param coreDumped whether it left a core dump
     */
    record Signalled(int signal, boolean coreDumped) implements ExitStatus {

        /**
         * Checks the signal.
         *
         * @param signal the number of the signal
         * @param coreDumped whether it left a core dump
         * @throws IllegalArgumentException if it is not from 1 to 126
         */
        public Signalled {
            if (signal < 1 || signal > 126) {
                throw new IllegalArgumentException("a signal is from 1 to 126, not " + signal);
            }
        }

        /**
         * The name of the signal.
         *
         * @return such as {@code SIGKILL}, {@code SIGRTMIN+3}
         */
        public String signalName() {
            return SignalNames.of(signal);
        }

        @Override
        public int waitStatus() {
            return signal | (coreDumped ? 0x80 : 0);
        }

        @Override
        public String toString() {
            return "killed by " + signalName() + (coreDumped ? " (core dumped)" : "");
        }
    }
}
