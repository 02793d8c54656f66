// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * The kernel module refused the whole request and did nothing. There are two reasons. The module
 * could not read the request, because the two sides speak different versions of the protocol. Or
 * the request names more processes than the module takes at once from outside the initial PID
 * namespace (E2BIG).
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
