// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * JNA or its native library cannot be loaded in this JVM, so that the library can make no system
 * call. Some causes are a folder for temporary files that is read-only or mounted noexec, and a
 * Java that denies native access. JNA tries once: the failure lasts until the JVM ends.
 *
 * <p>{@link ZombieScanner} and {@link org.zreap.diagnosis.Diagnoser} work without JNA.
 *
 * <p>Immutable and so thread-safe.
 */
public final class NativeLibraryException extends ZreapException {

    private static final long serialVersionUID = 1L;

    /**
     * Describes what went wrong.
     *
     * @param failure what is known of it
     */
    public NativeLibraryException(Failure failure) {
        super(failure);
    }
}
