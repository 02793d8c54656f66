// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * The thread was interrupted while it waited for a request; it is still marked as interrupted. {@link #completed} has the
 * results of the batches that were done; the kernel finishes the one under way, and what came of that is in
 * {@code /proc/zreap_recent}, for {@link Zreap#recent} to read.
 *
 * <p>Immutable and so thread-safe.
 */
public final class ReapInterruptedException extends ZreapException {

    private static final long serialVersionUID = 1L;

    /**
     * Describes what went wrong.
     *
     * @param failure what is known of it
     */
    public ReapInterruptedException(Failure failure) {
        super(failure);
    }
}
