// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.zreap.Failure;
import org.zreap.ReapResult;
import org.zreap.ReapTimeoutException;

/**
 * The results of a request so far, and whether the request goes on.
 *
 * <p>Thread-safe.
 */
public final class Progress {

    private final long start = System.nanoTime();
    private final Optional<Duration> timeout;
    private final List<ReapResult> results = new ArrayList<>();
    private boolean stopped;

    /** The progress of a request without a time-out. */
    public Progress() {
        this(Optional.empty());
    }

    /**
     * The progress of a request whose time-out starts now.
     *
     * @param timeout of no more nanoseconds than a long holds; empty for as long as it takes
     */
    public Progress(Optional<Duration> timeout) {
        this.timeout = timeout;
    }

    /** Adds the results of one more batch. */
    public synchronized void add(List<ReapResult> more) {
        results.addAll(more);
    }

    /** The results so far. */
    public synchronized List<ReapResult> results() {
        return List.copyOf(results);
    }

    /**
     * Stops the request: no further batch begins. A batch that has begun is completed.
     *
     * @return the results so far
     */
    public synchronized List<ReapResult> stop() {
        stopped = true;
        return results();
    }

    /**
     * Whether the request has stopped, so that no further batch begins.
     *
     * @throws ReapTimeoutException if the request has not stopped, but its time is over
     */
    public synchronized boolean isStopped() {
        if (!stopped && timeout.filter(this::isOver).isPresent()) {
            throw timedOut(timeout.get(), "nothing else was begun: ask for the rest again");
        }
        return stopped;
    }

    /**
     * Stops the request because its time is over.
     *
     * @param longest how long it could have taken
     * @param remedy what to do about it
     * @return what to throw, with the results so far
     */
    public ReapTimeoutException timedOut(Duration longest, String remedy) {
        return new ReapTimeoutException(Failure.of("the request took longer than " + longest.toMillis() + " ms", remedy)
                .withCompleted(stop()));
    }

    private boolean isOver(Duration longest) {
        return System.nanoTime() - start >= longest.toNanos();
    }
}
