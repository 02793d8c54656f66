// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.zreap.event.ResultEvent;
import org.zreap.internal.LoadedModule;
import org.zreap.internal.Progress;
import org.zreap.internal.Worker;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.Sys;
import org.zreap.internal.transport.Door;
import org.zreap.internal.transport.NetlinkDoor;
import org.zreap.internal.transport.OptionsFile;
import org.zreap.internal.transport.ProcfsDoor;
import org.zreap.internal.transport.RecentFile;
import org.zreap.internal.wire.Order;

/**
 * A client of the kernel module {@code zreap}: lists zombies, and reaps them or hands them over while their parent lives
 * on.
 *
 * <pre>{@code
 * try (Zreap zreap = Zreap.open()) {
 *     for (ReapResult result : zreap.reap(zreap.zombies())) {
 *         System.out.println(result);
 *     }
 * }
 * }</pre>
 *
 * <p>A request is made with the rights of this process at that moment: by default it must have CAP_KILL and be in the
 * initial PID namespace. Without a {@link ReapOptions.Builder#timeout time-out} it runs in the calling thread until the
 * kernel is done, which an interrupt does not shorten.
 *
 * <p>Thread-safe: any number of threads may use one client at once, and each request stands for itself.
 */
public final class Zreap implements AutoCloseable {

    private final Door door;
    private final RecentFile recentFile;
    private final OptionsFile optionsFile;
    private final ProcFs proc;
    private final Verification verification;
    private final Worker worker;
    private volatile boolean closed;

    private Zreap(Builder builder) {
        this.proc = new ProcFs(builder.procRoot);
        this.door = builder.door();
        this.recentFile = new RecentFile(builder.sys, builder.procRoot.resolve("zreap_recent"));
        this.optionsFile = new OptionsFile(builder.sys, builder.systemRoot.resolve("sys/kernel/zreap"));
        this.verification = new Verification(builder.sys, proc);
        this.worker = builder.executor.map(Worker::on).orElseGet(Worker::ofOwnThreads);
    }

    /**
     * Opens a client with the defaults of {@link Builder}.
     *
     * @return the client
     * @throws ModuleMissingException if the module is not loaded
     * @throws PermissionException if this process may not use it
     * @throws ZreapException if it cannot be used for another reason
     */
    public static Zreap open() {
        return builder().open();
    }

    /**
     * Opens a client that goes this way to the module.
     *
     * @param transport the way
     * @return the client
     * @throws ModuleMissingException if the module is not loaded, or not to be found this way
     * @throws PermissionException if this process may not use it
     * @throws ZreapException if it cannot be used for another reason
     */
    public static Zreap open(Transport transport) {
        return builder().transport(transport).open();
    }

    /**
     * Says whether {@link #open()} would succeed, and if not, why.
     *
     * @return whether the module can be used now
     */
    public static Availability availability() {
        return builder().availability();
    }

    /**
     * Sets up a client.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder(Sys.linux());
    }

    /** A builder over other system calls, for tests. */
    static Builder builder(Sys sys) {
        return new Builder(sys);
    }

    /**
     * The zombies that the kernel sees, with age and exit status, in the order of their PIDs.
     *
     * @return the zombies
     * @throws ZreapException if the module does not say
     * @throws IllegalStateException if the client is closed
     */
    public List<Zombie> zombies() {
        requireOpen();
        return door.zombies();
    }

    /**
     * The last results that the module has had, whoever asked and in whatever way: the rows of {@code /proc/zreap_recent}.
     * By default there are 4096 of zombies that were taken, with their exit statuses, and as many others. Clients of
     * either {@link Transport} read that file below their {@link Builder#procRoot}.
     *
     * @return the results, the oldest first, in the numbers of this process's own PID and user namespaces; outside of the
     *     initial PID namespace those that were asked for in this one
     * @throws ModuleMissingException if the module is not loaded
     * @throws PermissionException if this process may not use it
     * @throws ProtocolException if it says what this library does not understand
     * @throws ZreapException if the file cannot be read for another reason
     * @throws IllegalStateException if the client is closed
     */
    public List<ResultEvent> recent() {
        requireOpen();
        return recentFile.read();
    }

    /**
     * Reaps the process that has this PID now, if it is a zombie.
     *
     * @param pid a process ID
     * @return what became of it
     * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link Target#MAX_PID}
     * @throws ZreapException if the request could not be made
     * @throws IllegalStateException if the client is closed
     */
    public ReapResult reap(long pid) {
        return reap(Target.ofPid(pid));
    }

    /**
     * Reaps a zombie. Another process that has got its PID since is not touched: the result is
     * {@link ReapResult.Reused} or {@link ReapResult.Gone}.
     *
     * @param target which one
     * @return what became of it
     * @throws ZreapException if the request could not be made
     * @throws IllegalStateException if the client is closed
     */
    public ReapResult reap(Target target) {
        return reap(List.of(target)).get(0);
    }

    /**
     * Reaps many zombies with {@linkplain ReapOptions#defaults default options}.
     *
     * @param targets which ones; any number
     * @return one result for each, in the order of the targets
     * @throws ZreapException as {@link #reap(Collection, ReapOptions)} does
     * @throws IllegalStateException if the client is closed
     */
    public List<ReapResult> reap(Collection<? extends Target> targets) {
        return reap(targets, ReapOptions.defaults());
    }

    /**
     * Reaps many zombies, in as few requests as the module takes. One that is refused does not keep the others from
     * being reaped.
     *
     * @param targets which ones; any number
     * @param options how
     * @return one result for each, in the order of the targets
     * @throws ReapTimeoutException if the time-out is over
     * @throws ReapInterruptedException if the thread is interrupted while it waits, with a time-out
     * @throws ModuleTooOldException if the module does not know an option that is asked for; then nothing was done
     * @throws ZreapException if a request could not be made; {@link ZreapException#completed} has the results of those
     *     before it, also for the two above
     * @throws IllegalStateException if the client is closed
     */
    public List<ReapResult> reap(Collection<? extends Target> targets, ReapOptions options) {
        return carryOut(Order.reap(options), targets, options.timeout());
    }

    /**
     * Does what {@link #reap(Collection, ReapOptions)} does in another thread.
     *
     * <p>What hangs on the future may run in that thread or, after a time-out, in the JDK's own for all time-outs: long work
     * belongs in the future's {@code Async} methods.
     *
     * @param targets which ones; any number
     * @param options how; a time-out counts from now
     * @return the results, or what {@code reap} would throw, or a {@link ZreapException} because no thread can be
     *     started; to cancel it begins no further batch
     * @throws IllegalStateException if the client is closed
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not take the request
     *     ({@link Builder#executor}), or the client is being closed
     */
    public CompletableFuture<List<ReapResult>> reapAsync(Collection<? extends Target> targets, ReapOptions options) {
        return submit(Order.reap(options), targets, options.timeout());
    }

    /**
     * Reaps and then sees for itself whether the processes are gone.
     *
     * @param targets which ones; any number
     * @param options how
     * @return what came of it
     * @throws ZreapException as {@link #reap(Collection, ReapOptions)} does, and if it cannot be verified;
     *     {@link ZreapException#completed} then has all results
     * @throws IllegalStateException if the client is closed
     */
    public ReapReport reapAndVerify(Collection<? extends Target> targets, ReapOptions options) {
        long start = System.nanoTime();
        List<ReapResult> results = reap(targets, options);
        return report(results, Map.of(), start);
    }

    /**
     * Reaps all zombies that the options select, of all that the kernel sees, and verifies that they are gone.
     *
     * <p>A sweep spares the children of parents that may still wait: of those that are stopped, traced or frozen, in an
     * uninterruptible sleep, or not told yet. The report has them as {@linkplain ReapReport#spared spared}. The sweep names
     * the others by PID and start time, with the module's option {@code gentle}: where a parent has come into such a state
     * since the listing, the result is {@link ReapResult.ParentStopped} or {@link ReapResult.ParentBusy}.
     *
     * @param options which ones, and how
     * @return what came of it; zombies that the options exclude by parent, protection, filter or limit are not in it
     * @throws ModuleTooOldException if the module does not know that option; then nothing was done, in a dry run too
     * @throws ZreapException as {@link #reap(Collection, ReapOptions)} does, and if it cannot be verified;
     *     {@link ZreapException#completed} then has all results
     * @throws IllegalStateException if the client is closed
     */
    public ReapReport reapAll(SweepOptions options) {
        requireOpen();
        return within(options.reapOptions().timeout(), progress -> sweepNow(options, progress));
    }

    /**
     * Does what {@link #reapAll} does in another thread.
     *
     * <p>What hangs on the future may run in that thread or, after a time-out, in the JDK's own for all time-outs: long work
     * belongs in the future's {@code Async} methods.
     *
     * @param options which ones, and how; a time-out counts from now
     * @return the report, or what {@code reapAll} would throw, or a {@link ZreapException} because no thread can be
     *     started; to cancel it begins no further batch
     * @throws IllegalStateException if the client is closed
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not take the request
     *     ({@link Builder#executor}), or the client is being closed
     */
    public CompletableFuture<ReapReport> reapAllAsync(SweepOptions options) {
        requireOpen();
        return worker.submit(
                progress -> sweepNow(options, progress), options.reapOptions().timeout());
    }

    /**
     * Hands the process that has this PID now to the process that would inherit it, if it is a zombie.
     *
     * @param pid a process ID
     * @return what became of it
     * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link Target#MAX_PID}
     * @throws ZreapException if the request could not be made
     * @throws IllegalStateException if the client is closed
     */
    public ReapResult adopt(long pid) {
        return adopt(Target.ofPid(pid));
    }

    /**
     * Hands a zombie to the process that would inherit it.
     *
     * @param target which one
     * @return what became of it
     * @throws ZreapException if the request could not be made
     * @throws IllegalStateException if the client is closed
     */
    public ReapResult adopt(Target target) {
        return adopt(List.of(target)).get(0);
    }

    /**
     * Hands over many zombies with {@linkplain AdoptOptions#defaults default options}.
     *
     * @param targets which ones; any number
     * @return one result for each, in the order of the targets
     * @throws ZreapException as {@link #adopt(Collection, AdoptOptions)} does
     * @throws IllegalStateException if the client is closed
     */
    public List<ReapResult> adopt(Collection<? extends Target> targets) {
        return adopt(targets, AdoptOptions.defaults());
    }

    /**
     * Gives zombies another parent: a process that waits for them, and so gets their exit status. They are gone only when
     * it has done so.
     *
     * @param targets which ones; any number
     * @param options to whom, and how
     * @return one result for each, in the order of the targets
     * @throws ReapTimeoutException if the time-out is over
     * @throws ReapInterruptedException if the thread is interrupted while it waits, with a time-out
     * @throws ModuleTooOldException if the module does not know an option that is asked for; then nothing was done
     * @throws ZreapException if a request could not be made; {@link ZreapException#completed} has the results of those
     *     before it, also for the two above
     * @throws IllegalStateException if the client is closed
     */
    public List<ReapResult> adopt(Collection<? extends Target> targets, AdoptOptions options) {
        return carryOut(Order.adopt(options), targets, options.timeout());
    }

    /**
     * Does what {@link #adopt(Collection, AdoptOptions)} does in another thread.
     *
     * <p>What hangs on the future may run in that thread or, after a time-out, in the JDK's own for all time-outs: long work
     * belongs in the future's {@code Async} methods.
     *
     * @param targets which ones; any number
     * @param options to whom, and how; a time-out counts from now
     * @return the results, or what {@code adopt} would throw, or a {@link ZreapException} because no thread can be
     *     started; to cancel it begins no further batch
     * @throws IllegalStateException if the client is closed
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not take the request
     *     ({@link Builder#executor}), or the client is being closed
     */
    public CompletableFuture<List<ReapResult>> adoptAsync(Collection<? extends Target> targets, AdoptOptions options) {
        return submit(Order.adopt(options), targets, options.timeout());
    }

    /**
     * Releases the process that has this PID now, if it is a zombie.
     *
     * @param pid a process ID
     * @return what became of it
     * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link Target#MAX_PID}
     * @throws ZreapException if the request could not be made
     * @throws IllegalStateException if the client is closed
     */
    public ReapResult release(long pid) {
        return release(Target.ofPid(pid));
    }

    /**
     * Releases a zombie.
     *
     * @param target which one
     * @return what became of it
     * @throws ZreapException if the request could not be made
     * @throws IllegalStateException if the client is closed
     */
    public ReapResult release(Target target) {
        return release(List.of(target)).get(0);
    }

    /**
     * Releases many zombies with {@linkplain ReapOptions#defaults default options}.
     *
     * @param targets which ones; any number
     * @return one result for each, in the order of the targets
     * @throws ZreapException as {@link #release(Collection, ReapOptions)} does
     * @throws IllegalStateException if the client is closed
     */
    public List<ReapResult> release(Collection<? extends Target> targets) {
        return release(targets, ReapOptions.defaults());
    }

    /**
     * Removes zombies without a wait: as {@link #reap(Collection, ReapOptions)}, but what they have used up is added to
     * nobody's account, and other processes that need the kernel's list of processes are held up less.
     *
     * @param targets which ones; any number
     * @param options how
     * @return one result for each, in the order of the targets
     * @throws ReapTimeoutException if the time-out is over
     * @throws ReapInterruptedException if the thread is interrupted while it waits, with a time-out
     * @throws ModuleTooOldException if the module does not know an option that is asked for; then nothing was done
     * @throws ZreapException if a request could not be made; {@link ZreapException#completed} has the results of those
     *     before it, also for the two above
     * @throws IllegalStateException if the client is closed
     */
    public List<ReapResult> release(Collection<? extends Target> targets, ReapOptions options) {
        return carryOut(Order.release(options), targets, options.timeout());
    }

    /**
     * Does what {@link #release(Collection, ReapOptions)} does in another thread.
     *
     * <p>What hangs on the future may run in that thread or, after a time-out, in the JDK's own for all time-outs: long work
     * belongs in the future's {@code Async} methods.
     *
     * @param targets which ones; any number
     * @param options how; a time-out counts from now
     * @return the results, or what {@code release} would throw, or a {@link ZreapException} because no thread can be
     *     started; to cancel it begins no further batch
     * @throws IllegalStateException if the client is closed
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not take the request
     *     ({@link Builder#executor}), or the client is being closed
     */
    public CompletableFuture<List<ReapResult>> releaseAsync(Collection<? extends Target> targets, ReapOptions options) {
        return submit(Order.release(options), targets, options.timeout());
    }

    /**
     * Tells whether processes are really gone.
     *
     * @return the verification, which also works after {@link #close}
     */
    public Verification verification() {
        return verification;
    }

    /**
     * Ends the client and the threads that it has started. Requests under way go on to their end, all batches of them. Does
     * nothing the second time.
     */
    @Override
    public void close() {
        closed = true;
        worker.close();
    }

    private List<ReapResult> carryOut(Order order, Collection<? extends Target> targets, Optional<Duration> timeout) {
        requireOpen();
        List<Target> copy = List.copyOf(targets);
        return within(timeout, progress -> carryOutNow(order, copy, progress));
    }

    private CompletableFuture<List<ReapResult>> submit(
            Order order, Collection<? extends Target> targets, Optional<Duration> timeout) {
        requireOpen();
        List<Target> copy = List.copyOf(targets);
        return worker.submit(progress -> carryOutNow(order, copy, progress), timeout);
    }

    private List<ReapResult> carryOutNow(Order order, List<Target> targets, Progress progress) {
        optionsFile.require(order);
        List<Target> resolved = new ArrayList<>(targets.size());
        for (Target target : targets) {
            resolved.add(resolve(target));
        }
        return door.carryOut(order, resolved, progress);
    }

    private ReapReport sweepNow(SweepOptions options, Progress progress) {
        long start = System.nanoTime();
        Order order = Order.sweep(options);
        optionsFile.require(order);
        List<Target> selected = new ArrayList<>();
        Map<ZombieState, List<Zombie>> spared = new HashMap<>();
        for (Zombie zombie : door.zombies()) {
            Optional<ZombieState> reason = options.spares(zombie);
            boolean isTooMany = reason.isEmpty() && selected.size() >= options.limit();
            if (isTooMany || !options.means(zombie, this::identify)) {
                continue;
            }
            if (reason.isPresent()) {
                spared.computeIfAbsent(reason.get(), state -> new ArrayList<>()).add(zombie);
            } else {
                selected.add(zombie);
            }
        }
        return report(door.carryOut(order, selected, progress), spared, start);
    }

    private ReapReport report(List<ReapResult> results, Map<ZombieState, List<Zombie>> spared, long start) {
        List<ProcessIdentity> stillThere = stillThere(results);
        return new ReapReport(results, spared, stillThere, Duration.ofNanos(System.nanoTime() - start));
    }

    private List<ProcessIdentity> stillThere(List<ReapResult> results) {
        try {
            return results.stream()
                    .filter(Zreap::isToBeGone)
                    .flatMap(result -> result.process().identity().stream())
                    .filter(identity -> !verification.isGone(identity))
                    .toList();
        } catch (ZreapException e) {
            throw new ZreapException(new Failure(
                    "the request was carried out, but cannot be verified",
                    e.remedy(),
                    e.pid(),
                    e.path(),
                    e.errno(),
                    Optional.of(e),
                    results));
        }
    }

    /** Not so {@link ReapResult.Gone}: whoever has taken that may still be about to remove it. */
    private static boolean isToBeGone(ReapResult result) {
        return result instanceof ReapResult.Reaped || result instanceof ReapResult.Released;
    }

    private <T> T within(Optional<Duration> timeout, Function<Progress, T> request) {
        return timeout.isEmpty() ? request.apply(new Progress()) : worker.await(request, timeout.get());
    }

    /** A mere PID means the process that has it now. Where that cannot be seen, the kernel finds out. */
    private Target resolve(Target target) {
        if (target.start().isPresent()) {
            return target;
        }
        Optional<ProcessIdentity> now = identify(target.pid());
        return now.isPresent() ? now.get() : target;
    }

    private Optional<ProcessIdentity> identify(long pid) {
        return proc.stat(pid).map(ProcStat::identity);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
    }

    /**
     * Sets up a {@link Zreap}.
     *
     * <p>Not thread-safe: to be used by one thread.
     */
    public static final class Builder {

        private final Sys sys;
        private Transport transport = Transport.PROCFS;
        private Path procRoot = Path.of("/proc");
        private Path systemRoot = Path.of("/");
        private Optional<Executor> executor = Optional.empty();

        private Builder(Sys sys) {
            this.sys = sys;
        }

        /**
         * The way to the module.
         *
         * @param way {@link Transport#PROCFS} by default
         * @return this builder
         */
        public Builder transport(Transport way) {
            this.transport = way;
            return this;
        }

        /**
         * Where procfs is mounted. It must be that of this process's own PID namespace.
         *
         * @param root the mount point; {@code /proc} by default
         * @return this builder
         */
        public Builder procRoot(Path root) {
            this.procRoot = root;
            return this;
        }

        /** Where the machine's files are, for tests. */
        Builder systemRoot(Path root) {
            this.systemRoot = root;
            return this;
        }

        /**
         * Where asynchronous requests and those with a time-out run; each keeps a thread until the kernel is done. A
         * synchronous one runs in the calling thread instead if no thread can be started ({@link OutOfMemoryError}), see
         * {@link ReapOptions.Builder#timeout}. What else the executor throws, such as a
         * {@link java.util.concurrent.RejectedExecutionException}, comes to the caller.
         *
         * @param threads by default daemon threads of the client's own, which end when they are idle
         * @return this builder
         */
        public Builder executor(Executor threads) {
            this.executor = Optional.of(threads);
            return this;
        }

        /**
         * Opens the client.
         *
         * @return the client
         * @throws ModuleMissingException if the module is not loaded
         * @throws PermissionException if this process may not use it
         * @throws ProtocolException if it says what this library does not understand
         * @throws ZreapException if it cannot be used for another reason
         */
        public Zreap open() {
            Zreap zreap = new Zreap(this);
            zreap.door.probe();
            return zreap;
        }

        /**
         * Says whether {@link #open} would succeed, and if not, why.
         *
         * @return whether the module can be used now
         */
        public Availability availability() {
            try {
                open().close();
                return new Availability.Available();
            } catch (ZreapException e) {
                return new Availability.Unavailable(reasonOf(e), e);
            }
        }

        private Availability.Reason reasonOf(ZreapException e) {
            if (e instanceof ModuleMissingException) {
                boolean isOutOfSight =
                        e.errno().equals(OptionalInt.of(Errno.ENOENT)) && LoadedModule.isThere(systemRoot);
                return isOutOfSight ? Availability.Reason.NOT_IN_CONTAINER : Availability.Reason.MODULE_MISSING;
            }
            if (e instanceof PermissionException) {
                return new ProcFs(procRoot).isOfInitialPidNamespace()
                        ? Availability.Reason.NOT_PERMITTED
                        : Availability.Reason.NOT_IN_CONTAINER;
            }
            return e instanceof ProtocolException ? Availability.Reason.WRONG_PROTOCOL : Availability.Reason.OTHER;
        }

        private Door door() {
            return switch (transport) {
                case PROCFS -> new ProcfsDoor(sys, procRoot.resolve("zreap"));
                case NETLINK -> new NetlinkDoor(sys);
            };
        }
    }
}
