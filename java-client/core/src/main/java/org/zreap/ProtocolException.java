// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * The kernel module answered something that cannot be understood.
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
