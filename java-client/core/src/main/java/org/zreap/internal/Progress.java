// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.util.ArrayList;
import java.util.List;
import org.zreap.ReapResult;

/**
 * How far a request has got, and whether it is still wanted.
 *
 * <p>Thread-safe.
 */
public final class Progress {

    private final List<ReapResult> results = new ArrayList<>();
    private boolean stopped;

    /** Adds the results of one more batch. */
    public synchronized void add(List<ReapResult> more) {
        results.addAll(more);
    }

    /** The results so far. */
    public synchronized List<ReapResult> results() {
        return List.copyOf(results);
    }

    /**
     * Lets no further batch be begun; one that has been is finished by the kernel.
     *
     * @return the results so far
     */
    public synchronized List<ReapResult> stop() {
        stopped = true;
        return results();
    }

    /** Whether no further batch is to be begun. */
    public synchronized boolean isStopped() {
        return stopped;
    }
}
