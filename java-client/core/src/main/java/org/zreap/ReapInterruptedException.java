// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * The thread was interrupted while it waited for a request. It stays marked as interrupted.
 * {@link #completed} has the results of the batches that are done. The batch under way goes on in
 * its thread, by either {@link Transport}. {@link Zreap#recent} has its results. If this JVM ends
 * first, the rest of that batch is not done.
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
