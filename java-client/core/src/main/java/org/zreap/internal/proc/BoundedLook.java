// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.proc;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.zreap.ZreapException;

/**
 * Runs reads that may hang, such as of a file behind a lock of its process. It gives up a read that
 * takes too long, which goes on in its own thread. While many such threads hang, it starts no
 * further read.
 *
 * <p>Thread-safe.
 */
public final class BoundedLook {

    private final Duration patience;
    private final Semaphore places;

    /**
     * Sets the bounds.
     *
     * @param patience how long to wait for a look
     * @param mostAtOnce how many looks may be under way or hang at a time
     */
    public BoundedLook(Duration patience, int mostAtOnce) {
        this.patience = patience;
        this.places = new Semaphore(mostAtOnce);
    }

    /**
     * Takes a look.
     *
     * @param look what may hang
     * @return what it gave; empty if it failed, took too long or was not tried
     */
    public <T> Optional<T> at(Supplier<Optional<T>> look) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        FutureTask<Optional<T>> task = new FutureTask<>(() -> {
            try {
                return look.get();
            } finally {
                places.release();
            }
        });
        Thread thread = new Thread(task, "zreap-look");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ZreapException) {
                return Optional.empty();
            }
            throw new IllegalStateException("a look at a process failed", e.getCause());
        }
    }
}
