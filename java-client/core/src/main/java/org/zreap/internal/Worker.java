// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zreap.Failure;
import org.zreap.ReapInterruptedException;
import org.zreap.ReapTimeoutException;
import org.zreap.ZreapException;

/**
 * Runs requests in other threads, and waits for them up to a time-out. If zombies use all PIDs, no
 * thread can start: the JVM throws an {@link OutOfMemoryError}. Requests must work in that case
 * above all.
 *
 * <p>Thread-safe.
 */
public final class Worker implements AutoCloseable {

    private static final long IDLE_SECONDS = 10;
    private static final String REST =
            "the batch under way goes on in its thread: see /proc/zreap_recent for what came of it; no other was begun";

    /** Made only if it is used: to find a logger takes a short command long. */
    private static final class Log {
        private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    }

    private final Executor executor;
    private final Runnable end;

    private Worker(Executor executor, Runnable end) {
        this.executor = executor;
        this.end = end;
    }

    /** Uses an executor of the caller, which closing does not end. */
    public static Worker on(Executor executor) {
        return new Worker(executor, () -> {});
    }

    /** Starts daemon threads on demand. They end when they are idle. */
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

    /**
     * Runs a request, and stops it when the future is cancelled or fails because the time-out is
     * over.
     *
     * @return fails with a {@link ZreapException} if no thread can start; the request then does
     *     nothing
     * @throws RejectedExecutionException if the executor does not take it
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the future of whenComplete, which adds nothing to the result
    public <T> CompletableFuture<T> submit(Function<Progress, T> request, Optional<Duration> timeout) {
        Progress progress = new Progress(timeout);
        CompletableFuture<T> running = new CompletableFuture<>();
        try {
            // The time-out first: it may need a thread of the JDK.
            CompletableFuture<T> result =
                    timeout.map(longest -> limit(running, longest, progress)).orElse(running);
            result.whenComplete((value, failure) -> progress.stop());
            running.completeAsync(() -> request.apply(progress), executor);
            return result;
        } catch (OutOfMemoryError e) {
            // If the executor has kept the request anyway, it then begins nothing.
            running.completeExceptionally(withoutThread(e));
            return running;
        } catch (RejectedExecutionException e) {
            running.cancel(false); // and with it the time-out
            throw e;
        }
    }

    /**
     * Runs a request and waits for it. If no thread can start, the request runs in this thread. It
     * then looks at the time only between batches, and an interrupt ends nothing.
     *
     * @throws ReapTimeoutException if the time-out is over; the request is stopped
     * @throws ReapInterruptedException if the thread is interrupted; it stays marked as
     *     interrupted, and the request is stopped
     * @throws RejectedExecutionException if the executor does not take it
     */
    public <T> T await(Function<Progress, T> request, Duration timeout) {
        Progress progress = new Progress(Optional.of(timeout));
        FutureTask<T> task = new FutureTask<>(() -> request.apply(progress));
        try {
            executor.execute(task);
        } catch (OutOfMemoryError e) {
            Log.LOG.warn("no thread can be started, so that a request runs in the calling one: {}", e.getMessage());
            task.run(); // does nothing if an executor has kept it all the same and begun it
        }
        try {
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw progress.timedOut(timeout, REST);
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
        } finally {
            task.cancel(false); // where it was not even begun
        }
    }

    /** Ends its own threads. Running requests are completed. */
    @Override
    public void close() {
        end.run();
    }

    private static <T> CompletableFuture<T> limit(CompletableFuture<T> running, Duration timeout, Progress progress) {
        return running.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).exceptionally(e -> {
            Throwable cause = causeOf(e);
            throw cause instanceof TimeoutException ? progress.timedOut(timeout, REST) : new CompletionException(cause);
        });
    }

    private static ZreapException withoutThread(OutOfMemoryError e) {
        return new ZreapException(Failure.of(
                        "no thread can be started for the request (" + e.getMessage() + ")",
                        "make it in the calling thread, by the method that is not asynchronous; then see pids.max,"
                                + " kernel.pid_max and ulimit -u")
                .withCause(e));
    }

    private static Throwable causeOf(Throwable e) {
        Throwable cause = e.getCause();
        return (e instanceof CompletionException || e instanceof ExecutionException) && cause != null ? cause : e;
    }
}
