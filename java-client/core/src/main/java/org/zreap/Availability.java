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
        /** It is loaded, but this process may not use it. */
        NOT_PERMITTED,
        /**
         * It is loaded on this machine, but the container of this process cannot reach it. Such a
         * container has its own PID or network namespace, or its {@code /proc} does not show the
         * module.
         */
        NOT_IN_CONTAINER,
        /** It is loaded, but this library does not understand its answers. */
        WRONG_PROTOCOL,
        /**
         * JNA cannot be loaded in this JVM, so the library does not know whether the module is
         * loaded. The exception is a {@link NativeLibraryException}.
         */
        NATIVE_LIBRARY,
        /** Another obstacle. The exception names it. */
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
