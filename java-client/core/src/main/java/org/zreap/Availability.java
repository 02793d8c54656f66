// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * Whether this process can use the kernel module now.
 *
 * <p>Immutable and so thread-safe.
 */
public sealed interface Availability {

    /** It can. */
    record Available() implements Availability {}

    /**
     * It cannot.
     *
     * @param reason the kind of obstacle
     * @param cause what {@link Zreap#open} would throw: it says what to do
     */
    record Unavailable(Reason reason, ZreapException cause) implements Availability {}

    /** Why the module cannot be used. */
    enum Reason {
        /** It is not loaded on this machine. */
        MODULE_MISSING,
        /** It is there, and this process may not use it. */
        NOT_PERMITTED,
        /**
         * It is loaded on this machine, and not for the container that this process is in: one with
         * PID or network namespaces of its own, or with a {@code /proc} that does not show it.
         */
        NOT_IN_CONTAINER,
        /** It is there, and says what this library does not understand. */
        WRONG_PROTOCOL,
        /** Something else; the exception says what. */
        OTHER
    }

    /**
     * Whether the module can be used.
     *
     * @return whether this is {@link Available}
     */
    default boolean isAvailable() {
        return this instanceof Available;
    }
}
