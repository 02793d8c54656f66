// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.zreap.Failure;
import org.zreap.ReapInterruptedException;
import org.zreap.ReapTimeoutException;

/**
 * Runs requests in other threads, and waits for them for a while.
 *
 * <p>Thread-safe.
 */
public final class Worker implements AutoCloseable {

    private static final long IDLE_SECONDS = 10;
    private static final String GOES_ON =
            "the kernel finishes it all the same: see /proc/zreap_recent for what came of it";

    private final Executor executor;
    private final Runnable end;

    private Worker(Executor executor, Runnable end) {
        this.executor = executor;
        this.end = end;
    }

    /** Uses threads of somebody else's, which closing does not end. */
    public static Worker on(Executor executor) {
        return new Worker(executor, () -> {});
    }

    /** Starts daemon threads as they are needed, which end when they are idle. */
    public static Worker ofOwnThreads() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "zreap-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        return new Worker(pool, pool::shutdown);
    }

    /** Runs a request; after the time-out the future fails, and the request goes on. */
    public <T> CompletableFuture<T> submit(Supplier<T> request, Optional<Duration> timeout) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(request, executor);
        if (timeout.isEmpty()) {
            return result;
        }
        return result.orTimeout(timeout.get().toNanos(), TimeUnit.NANOSECONDS).exceptionally(e -> {
            Throwable cause = causeOf(e);
            throw cause instanceof TimeoutException
                    ? new ReapTimeoutException(Failure.of(
                            "the request took longer than " + timeout.get().toMillis() + " ms", GOES_ON))
                    : new CompletionException(cause);
        });
    }

    /**
     * Waits for a request.
     *
     * @throws ReapInterruptedException if the thread is interrupted; it stays marked so
     */
    public <T> T await(CompletableFuture<T> request) {
        try {
            return request.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReapInterruptedException(Failure.of("interrupted while waiting for a request", GOES_ON)
                    .withCause(e));
        } catch (ExecutionException e) {
            Throwable cause = causeOf(e);
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new AssertionError("a request throws nothing checked", cause);
        }
    }

    /** Ends the threads of its own; what runs is finished. */
    @Override
    public void close() {
        end.run();
    }

    private static Throwable causeOf(Throwable e) {
        Throwable cause = e.getCause();
        return (e instanceof CompletionException || e instanceof ExecutionException) && cause != null ? cause : e;
    }
}
