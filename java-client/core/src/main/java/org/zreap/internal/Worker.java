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
import java.util.function.Function;
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
    private static final String REST =
            "the kernel finishes the batch under way: see /proc/zreap_recent for what came of it; no other was begun";

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

    /** Runs a request, and stops it when the future is cancelled or fails because the time-out is over. */
    public <T> CompletableFuture<T> submit(Function<Progress, T> request, Optional<Duration> timeout) {
        return start(request, timeout, new Progress());
    }

    /**
     * Runs a request and waits for it.
     *
     * @throws ReapTimeoutException if the time-out is over; the request is stopped
     * @throws ReapInterruptedException if the thread is interrupted; it stays marked so, and the request is stopped
     */
    public <T> T await(Function<Progress, T> request, Duration timeout) {
        Progress progress = new Progress();
        try {
            return start(request, Optional.of(timeout), progress).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReapInterruptedException(Failure.of("interrupted while waiting for a request", REST)
                    .withCompleted(progress.stop())
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

    @SuppressWarnings("FutureReturnValueIgnored") // the one of whenComplete, which adds nothing to the result
    private <T> CompletableFuture<T> start(
            Function<Progress, T> request, Optional<Duration> timeout, Progress progress) {
        CompletableFuture<T> running = CompletableFuture.supplyAsync(() -> request.apply(progress), executor);
        CompletableFuture<T> result =
                timeout.map(longest -> limit(running, longest, progress)).orElse(running);
        result.whenComplete((value, failure) -> progress.stop());
        return result;
    }

    private static <T> CompletableFuture<T> limit(CompletableFuture<T> running, Duration timeout, Progress progress) {
        return running.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).exceptionally(e -> {
            Throwable cause = causeOf(e);
            throw cause instanceof TimeoutException
                    ? new ReapTimeoutException(
                            Failure.of("the request took longer than " + timeout.toMillis() + " ms", REST)
                                    .withCompleted(progress.stop()))
                    : new CompletionException(cause);
        });
    }

    private static Throwable causeOf(Throwable e) {
        Throwable cause = e.getCause();
        return (e instanceof CompletionException || e instanceof ExecutionException) && cause != null ? cause : e;
    }
}
