// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.zreap.internal.Progress;
import org.zreap.internal.wire.Order;

/**
 * A request to the kernel module. {@link Zreap#send} carries it out in the calling thread,
 * {@link Zreap#sendAsync} in another one.
 *
 * <pre>{@code
 * ReapOptions options = ReapOptions.builder().timeout(Duration.ofSeconds(5)).build();
 * ReapReport report = zreap.send(Request.verified(Request.release(zombies, options)));
 * }</pre>
 *
 * <p>A request can name any number of processes. The library sends them in as few batches as
 * possible. If it refuses one process, it still deals with the others.
 *
 * <p>Immutable and so thread-safe. For a sweep this holds if its filter is thread-safe. A client
 * may send a request several times.
 *
 * @param <R> the type of the outcome
 */
public final class Request<R> {

    private final Optional<Duration> timeout;
    private final boolean dryRun;
    private final BiFunction<RequestRunner, Progress, R> work;

    private Request(Optional<Duration> timeout, boolean dryRun, BiFunction<RequestRunner, Progress, R> work) {
        this.timeout = timeout;
        this.dryRun = dryRun;
        this.work = work;
    }

    /**
     * Reaps zombies: the kernel waits for them in their parent's place. If a target has a start
     * time, the kernel does not touch a later owner of its PID: the result is
     * {@link ReapResult.Reused} or {@link ReapResult.Gone}.
     *
     * @param targets which ones; any number
     * @param options how
     * @return gives one result for each, in the order of the targets
     */
    public static Request<List<ReapResult>> reap(Collection<? extends Target> targets, ReapOptions options) {
        return named(Order.reap(options), targets, options.timeout());
    }

    /**
     * Gives zombies another parent. That process waits for them and gets their exit status. Each
     * zombie stays until the new parent has waited for it.
     *
     * @param targets which ones; any number
     * @param options to whom, and how
     * @return gives one result for each, in the order of the targets
     */
    public static Request<List<ReapResult>> adopt(Collection<? extends Target> targets, AdoptOptions options) {
        return named(Order.adopt(options), targets, options.timeout());
    }

    /**
     * Removes zombies without a wait. The kernel adds the resources that they have used to no
     * process. This delays other processes that need the kernel's list of processes less than
     * {@link #reap} does.
     *
     * @param targets which ones; any number
     * @param options how
     * @return gives one result for each, in the order of the targets
     */
    public static Request<List<ReapResult>> release(Collection<? extends Target> targets, ReapOptions options) {
        return named(Order.release(options), targets, options.timeout());
    }

    /**
     * Reaps all zombies that the options select, and checks that they are gone. It looks at every
     * zombie that the kernel sees.
     *
     * <p>A sweep spares the children of parents that may still wait: parents that are stopped,
     * traced or frozen, in an uninterruptible sleep, or not told yet. The report counts these
     * zombies as {@linkplain ReapReport#spared spared}. The sweep names the others by PID and start
     * time, with the module's option {@code gentle}. If a parent has come into such a state since
     * the listing, the result is {@link ReapResult.ParentStopped} or {@link ReapResult.ParentBusy}.
     *
     * <p>The module must know {@code gentle}, also for a dry run. Otherwise the client throws a
     * {@link ModuleTooOldException} and does nothing.
     *
     * @param options which ones, and how
     * @return gives a report, without the zombies that the options exclude by parent, protection,
     *     filter or limit
     */
    public static Request<ReapReport> sweep(SweepOptions options) {
        ReapOptions asked = options.reapOptions();
        return new Request<>(asked.timeout(), asked.dryRun(), (runner, progress) -> runner.sweep(options, progress));
    }

    /**
     * Carries a request out and then checks whether the processes that were reaped or released are
     * gone. A time-out covers the check too.
     *
     * <p>If the check is not possible, the client throws a {@link ZreapException};
     * {@link ZreapException#completed} then has all results.
     *
     * @param request a request to reap, adopt or release
     * @return gives the results and what the check found
     */
    public static Request<ReapReport> verified(Request<List<ReapResult>> request) {
        return new Request<>(request.timeout, request.dryRun, (runner, progress) -> runner.verified(request, progress));
    }

    private static Request<List<ReapResult>> named(
            Order order, Collection<? extends Target> targets, Optional<Duration> timeout) {
        List<Target> copy = List.copyOf(targets);
        return new Request<>(timeout, order.dryRun(), (runner, progress) -> runner.carryOut(order, copy, progress));
    }

    /** How long the caller waits; empty for as long as it takes. */
    Optional<Duration> timeout() {
        return timeout;
    }

    /** Whether it changes nothing. */
    boolean isDryRun() {
        return dryRun;
    }

    R carryOut(RequestRunner runner, Progress progress) {
        return work.apply(runner, progress);
    }
}
