// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * The caller waits no longer for a request. {@link #completed} has the results of the batches that were done; the kernel
 * finishes the one under way, and what came of that is in {@code /proc/zreap_recent}, for {@link Zreap#recent} to read.
 *
 * <p>Immutable and so thread-safe.
 */
public final class ReapTimeoutException extends ZreapException {

    private static final long serialVersionUID = 1L;

    /**
     * Describes what went wrong.
     *
     * @param failure what is known of it
     */
    public ReapTimeoutException(Failure failure) {
        super(failure);
    }
}
