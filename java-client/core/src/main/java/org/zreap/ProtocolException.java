// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * This library does not understand an answer of the kernel module.
 *
 * <p>Immutable and so thread-safe.
 */
public final class ProtocolException extends ZreapException {

    private static final long serialVersionUID = 1L;

    /**
     * Describes what went wrong.
     *
     * @param failure what is known of it
     */
    public ProtocolException(Failure failure) {
        super(failure);
    }
}
