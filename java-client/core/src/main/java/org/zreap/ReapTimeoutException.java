// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * The caller waits no longer for a request. {@link #completed} has the results of the batches that
 * were done. The one under way goes on in its thread, by either {@link Transport};
 * {@link Zreap#recent} tells what came of it. If this JVM ends first, the rest of that batch is not
 * done.
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
