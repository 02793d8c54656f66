// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.proc;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.zreap.ZreapException;

/**
 * Runs reads that may hang, such as of a file behind a lock of its process. It gives up a read that
 * takes too long, which goes on in its own thread. While many such threads hang, it starts no
 * further read.
 *
 * <p>A thread that has ended its read waits a minute for another one. So reads go on where no
 * thread can be started, if there was one less than a minute ago.
 *
 * <p>Thread-safe.
 */
public final class BoundedLook {

    /** How long a thread without a read lives. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** A thread that has just given its answer needs a moment until it takes the next read. */
    private static final Duration GRACE = Duration.ofMillis(10);

    private final Duration patience;
    private final Semaphore places;
    private final int mostAtOnce;
    private final SynchronousQueue<Runnable> idle = new SynchronousQueue<>();

    /**
     * Sets the bounds.
     *
     * @param patience how long to wait for a look
     * @param mostAtOnce how many looks may be under way or hang at a time
     */
    public BoundedLook(Duration patience, int mostAtOnce) {
        this.patience = patience;
        this.mostAtOnce = mostAtOnce;
        this.places = new Semaphore(mostAtOnce);
    }

    /**
     * Takes a look.
     *
     * @param look what may hang
     * @return what it gave; empty if it failed, took too long or was not tried
     */
    public <T> Optional<T> at(Supplier<Optional<T>> look) {
        FutureTask<Optional<T>> task = new FutureTask<>(look::get);
        try {
            return hand(task) || start(task) ? task.get(patience.toNanos(), TimeUnit.NANOSECONDS) : Optional.empty();
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

    /** Whether a thread that is there has taken it. */
    private boolean hand(Runnable task) throws InterruptedException {
        boolean isAnyThere = places.availablePermits() < mostAtOnce;
        return isAnyThere && idle.offer(task, GRACE.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether a new thread has taken it. */
    private boolean start(Runnable task) {
        if (!places.tryAcquire()) {
            return false;
        }
        Thread thread = new Thread(() -> work(task), "zreap-look");
        thread.setDaemon(true);
        try {
            thread.start();
            return true;
        } catch (OutOfMemoryError e) {
            places.release();
            return false; // no thread can be started
        }
    }

    private void work(Runnable first) {
        Runnable next = first;
        try {
            while (next != null) {
                next.run();
                next = idle.poll(IDLE.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }
}
