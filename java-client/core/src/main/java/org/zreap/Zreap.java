// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.zreap.event.ResultEvent;
import org.zreap.internal.LoadedModule;
import org.zreap.internal.Progress;
import org.zreap.internal.SystemFiles;
import org.zreap.internal.Worker;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.Sys;
import org.zreap.internal.transport.ModuleTransport;
import org.zreap.internal.transport.NetlinkTransport;
import org.zreap.internal.transport.OptionsFile;
import org.zreap.internal.transport.ProcfsTransport;
import org.zreap.internal.transport.RecentFile;

/**
 * A client of the kernel module {@code zreap}. It lists zombies, reaps them, or hands them to
 * another process, while their parent lives on.
 *
 * <pre>{@code
 * try (Zreap zreap = Zreap.open()) {
 *     for (ReapResult result : zreap.reap(zreap.zombies())) {
 *         System.out.println(result);
 *     }
 * }
 * }</pre>
 *
 * <p>{@link #send} carries out any {@link Request}. The usual requests have a short form here:
 * {@link #reap}, {@link #adopt} and {@link #sweep}. If the kernel refuses a single process, the
 * client gives a {@link ReapResult} and throws no exception.
 *
 * <p>Each request has the rights that this process has at that moment. By default the process must
 * have CAP_KILL and be in the initial PID namespace. Without a
 * {@link ReapOptions.Builder#timeout time-out} a request runs in the calling thread until the
 * kernel is done. An interrupt does not shorten that.
 *
 * <p>Thread-safe: any number of threads may use one client at once. Their requests do not affect
 * each other.
 */
public final class Zreap implements AutoCloseable {

    private final ModuleTransport transport;
    private final Verification verification;
    private final RequestRunner runner;
    private final RecentFile recentFile;
    private final Worker worker;
    private volatile boolean closed;

    private Zreap(Builder builder) {
        ProcFs proc = new ProcFs(builder.procRoot);
        OptionsFile optionsFile = new OptionsFile(builder.sys, builder.systemRoot.resolve("sys/kernel/zreap"));
        this.transport = builder.moduleTransport();
        this.verification = new Verification(builder.sys, proc);
        this.runner = new RequestRunner(transport, optionsFile, proc, verification);
        this.recentFile = new RecentFile(
                builder.sys, builder.procRoot.resolve("zreap_recent"), new SystemFiles(builder.systemRoot));
        this.worker = builder.executor.map(Worker::on).orElseGet(Worker::ofOwnThreads);
    }

    /**
     * Opens a client with the defaults of {@link Builder}.
     *
     * @return the client
     * @throws ModuleMissingException if the module is not loaded
     * @throws PermissionException if this process may not use it
     * @throws NativeLibraryException if JNA cannot be loaded
     * @throws ZreapException if it cannot be used for another reason
     */
    public static Zreap open() {
        return builder().open();
    }

    /**
     * Opens a client with this transport.
     *
     * @param transport how it reaches the module
     * @return the client
     * @throws ModuleMissingException if the module is not loaded, or this transport does not find
     *     it
     * @throws PermissionException if this process may not use it
     * @throws NativeLibraryException if JNA cannot be loaded
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

    /** A builder with other system calls, for tests. */
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
        return transport.zombies();
    }

    /**
     * The last results of the module, from all callers and all transports: the rows of
     * {@code /proc/zreap_recent}. By default the module keeps 4096 results of zombies that were
     * taken, with their exit statuses, and 4096 other results. Clients of each {@link Transport}
     * read that file below their {@link Builder#procRoot}.
     *
     * @return the results, the oldest first, in the numbers of this process's own PID and user
     *     namespaces; outside of the initial PID namespace, only results of requests from this
     *     namespace
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
     * Reaps a zombie, whatever its age.
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
     * Reaps zombies with {@linkplain ReapOptions#defaults default options}.
     *
     * @param targets which ones; any number
     * @return one result for each, in the order of the targets
     * @throws ZreapException as {@link #send} does
     * @throws IllegalStateException if the client is closed
     */
    public List<ReapResult> reap(Collection<? extends Target> targets) {
        return reap(targets, ReapOptions.defaults());
    }

    /**
     * Sends {@link Request#reap}.
     *
     * @param targets which ones; any number
     * @param options how
     * @return one result for each, in the order of the targets
     * @throws ZreapException as {@link #send} does
     * @throws IllegalStateException if the client is closed
     */
    public List<ReapResult> reap(Collection<? extends Target> targets, ReapOptions options) {
        return send(Request.reap(targets, options));
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
        return adopt(List.of(target), AdoptOptions.defaults()).get(0);
    }

    /**
     * Sends {@link Request#adopt}.
     *
     * @param targets which ones; any number
     * @param options to whom, and how
     * @return one result for each, in the order of the targets
     * @throws ZreapException as {@link #send} does
     * @throws IllegalStateException if the client is closed
     */
    public List<ReapResult> adopt(Collection<? extends Target> targets, AdoptOptions options) {
        return send(Request.adopt(targets, options));
    }

    /**
     * Sends {@link Request#sweep}: reaps all zombies that the options select.
     *
     * @param options which ones, and how
     * @return what came of it
     * @throws ZreapException as {@link #send} does
     * @throws IllegalStateException if the client is closed
     */
    public ReapReport sweep(SweepOptions options) {
        return send(Request.sweep(options));
    }

    /**
     * Carries a request out.
     *
     * @param <R> what comes of it
     * @param request what to do
     * @return what came of it
     * @throws ReapTimeoutException if the request takes longer than its time-out
     * @throws ReapInterruptedException if the thread is interrupted while it waits, with a time-out
     * @throws ModuleTooOldException if the module does not know an option that the request needs;
     *     then nothing was done
     * @throws ZreapException if a batch could not be asked for; {@link ZreapException#completed}
     *     has the results of those before it, also for the first two exceptions
     * @throws IllegalStateException if the client is closed
     * @throws java.util.concurrent.RejectedExecutionException if there is a time-out and the
     *     executor does not take the request ({@link Builder#executor})
     */
    public <R> R send(Request<R> request) {
        requireOpen();
        return request.timeout().isEmpty()
                ? request.carryOut(runner, new Progress())
                : worker.await(
                        progress -> request.carryOut(runner, progress),
                        request.timeout().get());
    }

    /**
     * Carries a request out in another thread. A time-out counts from now. After a cancel no
     * further batch begins.
     *
     * <p>Functions that you attach to the future may run in that thread. After a time-out they may
     * run in the thread that the JDK has for all time-outs. Use the future's {@code Async} methods
     * for long work.
     *
     * @param <R> what comes of it
     * @param request what to do
     * @return what came of it, or what {@link #send} would throw, or a {@link ZreapException}
     *     because no thread can be started
     * @throws IllegalStateException if the client is closed
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not take the
     *     request ({@link Builder#executor}), or the client is being closed
     */
    public <R> CompletableFuture<R> sendAsync(Request<R> request) {
        requireOpen();
        return worker.submit(progress -> request.carryOut(runner, progress), request.timeout());
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
     * Ends the client and the threads that it has started. Requests under way complete all their
     * batches. A second call does nothing.
     */
    @Override
    public void close() {
        closed = true;
        worker.close();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
    }

    /**
     * Sets up a {@link Zreap}.
     *
     * <p>Not thread-safe: only one thread may use it.
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
         * Chooses how the client reaches the module.
         *
         * @param choice {@link Transport#PROCFS} by default
         * @return this builder
         */
        public Builder transport(Transport choice) {
            this.transport = choice;
            return this;
        }

        /**
         * Sets where procfs is mounted. It must be the procfs of this process's own PID namespace.
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
         * Sets where requests with a time-out and those of {@link Zreap#sendAsync} run. Each
         * request keeps a thread until the kernel is done.
         *
         * <p>If no thread can be started ({@link OutOfMemoryError}), {@link Zreap#send} uses the
         * calling thread instead, see {@link ReapOptions.Builder#timeout}. The caller gets every
         * other exception of the executor, such as a
         * {@link java.util.concurrent.RejectedExecutionException}.
         *
         * @param threads by default daemon threads of the client's own, which end when they are
         *     idle
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
         * @throws NativeLibraryException if JNA cannot be loaded
         * @throws ZreapException if it cannot be used for another reason
         */
        public Zreap open() {
            Zreap zreap = new Zreap(this);
            zreap.transport.probe();
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
            if (e instanceof NativeLibraryException) {
                return Availability.Reason.NATIVE_LIBRARY;
            }
            return e instanceof ProtocolException ? Availability.Reason.WRONG_PROTOCOL : Availability.Reason.OTHER;
        }

        private ModuleTransport moduleTransport() {
            return switch (transport) {
                case PROCFS -> new ProcfsTransport(sys, procRoot.resolve("zreap"), new SystemFiles(systemRoot));
                case NETLINK -> new NetlinkTransport(sys);
            };
        }
    }
}
