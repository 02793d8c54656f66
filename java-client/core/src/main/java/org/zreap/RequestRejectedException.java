// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * The kernel module could not read the request and has done nothing: the two sides speak different versions of the
 * protocol.
 *
 * <p>Immutable and so thread-safe.
 */
public final class RequestRejectedException extends ZreapException {

    private static final long serialVersionUID = 1L;

    /**
     * Describes what went wrong.
     *
     * @param failure what is known of it
     */
    public RequestRejectedException(Failure failure) {
        super(failure);
    }
}
