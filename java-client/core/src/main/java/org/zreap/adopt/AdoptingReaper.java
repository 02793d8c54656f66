// SPDX-License-Identifier: Apache-2.0
package org.zreap.adopt;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zreap.AdoptOptions;
import org.zreap.ModuleMissingException;
import org.zreap.PermissionException;
import org.zreap.ProcessIdentity;
import org.zreap.ReapOptions;
import org.zreap.ReapResult;
import org.zreap.Target;
import org.zreap.Transport;
import org.zreap.Zreap;
import org.zreap.ZreapException;
import org.zreap.internal.Durations;
import org.zreap.internal.adopt.ChildWaiter;
import org.zreap.internal.adopt.JvmSignal;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.internal.sys.Sys;

/**
 * Makes this JVM a process that adopts zombies: they become its children, and it waits for them and
 * hands out how they ended.
 *
 * <pre>{@code
 * try (AdoptingReaper reaper = AdoptingReaper.open()) {
 *     Ending ending = reaper.adopt(zombie).get();
 * }
 * }</pre>
 *
 * <p>It waits for the processes that it was asked for, by number, and for no others: the children
 * that {@link ProcessBuilder} starts keep their exit values. It handles one signal (SIGUSR1 by
 * default) by way of {@code sun.misc.Signal}, of the module {@code jdk.unsupported}: the
 * alternative, a native handler by JNA, would run Java code in the middle of whatever the JVM is
 * doing. Signals that come together are one, and one may be lost; so it also looks every so often
 * ({@link Builder#pollInterval}).
 *
 * <p>A JVM that was started with SIGCHLD ignored cannot adopt before it has started its first
 * process, which puts that right: the result is {@link ReapResult.Deaf}.
 *
 * <p>Thread-safe. It has one daemon thread, which also runs what hangs on the futures: for long
 * work use their {@code Async} methods.
 */
public final class AdoptingReaper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdoptingReaper.class);

    private final Zreap zreap;
    private final ProcFs proc;
    private final long self = ProcessHandle.current().pid();
    private final AdoptOptions options;
    private final ChildWaiter waiter;
    private final JvmSignal signal;

    /** Held for reading while a request is under way. */
    private final ReadWriteLock requests = new ReentrantReadWriteLock();

    private boolean closed;

    private AdoptingReaper(Builder builder, Zreap zreap) {
        this.zreap = zreap;
        this.proc = new ProcFs(builder.procRoot);
        this.options =
                AdoptOptions.builder().adopter(self).signal(builder.signal).build();
        this.waiter = new ChildWaiter(builder.sys, proc, zreap.verification(), self, builder.pollInterval);
        try {
            this.signal = JvmSignal.handle(builder.signal, waiter::wake);
        } catch (RuntimeException | Error e) {
            waiter.close();
            throw e;
        }
    }

    /**
     * Opens one with the defaults of {@link Builder}.
     *
     * @return to be closed
     * @throws ModuleMissingException if the module is not loaded
     * @throws PermissionException if this process may not use it
     * @throws ZreapException if it cannot be used for another reason
     * @throws IllegalStateException if SIGUSR1 is handled by somebody else in this JVM
     */
    public static AdoptingReaper open() {
        return builder().open();
    }

    /**
     * Sets one up.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder(Sys.linux(), Zreap.builder());
    }

    /** A builder over other system calls and a client over the same ones, for tests. */
    static Builder builder(Sys sys, Zreap.Builder client) {
        return new Builder(sys, client);
    }

    /**
     * Adopts a zombie.
     *
     * @param target which one
     * @return how it ended; fails with {@link NotAdoptedException} if the kernel does not hand it
     *     over, and with a {@link ZreapException} if somebody else in this process waits for it
     * @throws ZreapException if the request could not be made
     * @throws IllegalStateException if this is closed
     */
    public CompletableFuture<Ending> adopt(Target target) {
        return adopt(List.of(target)).get(0);
    }

    /**
     * Adopts many zombies. One that is refused does not keep the others from being adopted.
     *
     * @param targets which ones; any number
     * @return for each, in the order of the targets, what {@link #adopt(Target)} gives
     * @throws ZreapException if a request could not be made; what it has done all the same is
     *     waited for
     * @throws IllegalStateException if this is closed
     */
    public List<CompletableFuture<Ending>> adopt(Collection<? extends Target> targets) {
        requests.readLock().lock();
        try {
            requireOpen();
            return adoptNow(List.copyOf(targets));
        } finally {
            requests.readLock().unlock();
        }
    }

    /**
     * Waits for a process that somebody else will hand over to this one, as
     * {@code zreap adopt --to} does. Ask for it before that happens.
     *
     * @param process which one
     * @return how it ended; fails with a {@link ZreapException} if it goes to somebody else, or
     *     does not come before this is closed
     * @throws IllegalArgumentException if it is a child of this process already
     * @throws IllegalStateException if this is closed
     */
    public CompletableFuture<Ending> expect(ProcessIdentity process) {
        requests.readLock().lock();
        try {
            requireOpen();
            Optional<ProcStat> now =
                    proc.stat(process.pid()).filter(stat -> stat.identity().equals(process));
            if (now.isPresent() && now.get().parentPid() == self) {
                throw new IllegalArgumentException("process " + process + " is a child of this one already");
            }
            return waiter.expect(process, false);
        } finally {
            requests.readLock().unlock();
        }
    }

    /**
     * Gives the signal back and ends the thread. What has been adopted is waited for; futures of
     * processes that have not come fail. The signal stays ignored if the module cannot say whether
     * one is still on its way. Does nothing the second time.
     */
    @Override
    public void close() {
        requests.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            giveSignalBack();
            zreap.close();
        } finally {
            requests.writeLock().unlock();
        }
        // Without the lock: what hangs on a future may use this in vain, but must not wait for it.
        waiter.close();
    }

    /**
     * The default action of most signals is the process's end, and somebody else may be handing
     * over a zombie to this process right now. So the signal is ignored first, which makes the
     * kernel refuse (deaf). The module judges this process and signals it within one hold of the
     * kernel's tasklist_lock, and a dry run takes that lock too: when it has an answer, or the
     * module is gone, no hold from before has a signal left to send. Without that proof the signal
     * stays ignored.
     */
    private void giveSignalBack() {
        signal.ignore();
        try {
            zreap.reap(
                    List.of(Target.ofPid(self)),
                    ReapOptions.builder().dryRun(true).build());
        } catch (ModuleMissingException e) {
            LOG.debug("no request can be under way any more", e);
        } catch (ZreapException e) {
            LOG.warn("the signal stays ignored, since a request may still be under way: {}", e.toString());
            return;
        }
        signal.close();
    }

    private List<CompletableFuture<Ending>> adoptNow(List<Target> targets) {
        List<ProcessIdentity> strangers = strangers(targets);
        waiter.hold(strangers);
        try {
            return endings(zreap.adopt(targets, options));
        } catch (ZreapException e) {
            endings(e.completed());
            waiter.suspect(strangers); // the answer may be lost, but not what the kernel has done
            throw e;
        } finally {
            waiter.release(strangers);
        }
    }

    /**
     * Those that can be seen and are no children of this process yet: its own are others' to wait
     * for.
     */
    private List<ProcessIdentity> strangers(List<Target> targets) {
        return targets.stream()
                .flatMap(target -> proc
                        .stat(target.pid())
                        .filter(stat -> target.start().isEmpty()
                                || target.start().getAsLong() == stat.identity().startTicks())
                        .filter(stat -> stat.parentPid() != self)
                        .map(ProcStat::identity)
                        .stream())
                .toList();
    }

    private List<CompletableFuture<Ending>> endings(List<ReapResult> results) {
        List<CompletableFuture<Ending>> endings = new ArrayList<>(results.size());
        for (ReapResult result : results) {
            endings.add(ending(result));
        }
        return endings;
    }

    private CompletableFuture<Ending> ending(ReapResult result) {
        Optional<ProcessIdentity> process = result.process().identity();
        return result instanceof ReapResult.Adopted && process.isPresent()
                ? waiter.expect(process.get(), true)
                : CompletableFuture.failedFuture(new NotAdoptedException(result));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the adopting reaper is closed");
        }
    }

    /**
     * Sets up an {@link AdoptingReaper}.
     *
     * <p>Not thread-safe: to be used by one thread.
     */
    public static final class Builder {

        /** Signals that neither the JVM nor the JDK nor a terminal has a use for. */
        private static final Set<String> FREE = Set.of("USR1", "ALRM", "URG", "WINCH", "IO", "PWR", "STKFLT");

        private final Sys sys;
        private final Zreap.Builder client;
        private Path procRoot = Path.of("/proc");
        private String signal = "USR1";
        private Duration pollInterval = Duration.ofSeconds(1);

        private Builder(Sys sys, Zreap.Builder client) {
            this.sys = sys;
            this.client = client;
        }

        /**
         * How it reaches the module.
         *
         * @param choice {@link Transport#PROCFS} by default
         * @return this builder
         */
        public Builder transport(Transport choice) {
            client.transport(choice);
            return this;
        }

        /**
         * The signal that tells of a zombie that was handed over.
         *
         * @param name SIGUSR1 by default; also SIGALRM, SIGURG, SIGWINCH, SIGIO, SIGPWR or
         *     SIGSTKFLT, with or without {@code SIG}
         * @return this builder
         * @throws IllegalArgumentException if it is any other, which the JVM needs for itself or
         *     nobody can handle
         */
        public Builder signal(String name) {
            String bare = name.startsWith("SIG") ? name.substring("SIG".length()) : name;
            if (!FREE.contains(bare)) {
                throw new IllegalArgumentException(
                        bare.equals("CHLD")
                                ? "SIGCHLD cannot be handled in a JVM, which resets it when it starts its first"
                                        + " process: use SIGUSR1"
                                : "SIG" + bare + " cannot be handled: the JVM or the system needs it, use SIGUSR1");
            }
            this.signal = bare;
            return this;
        }

        /**
         * How often to look without a signal.
         *
         * @param longest one second by default; parts of a millisecond are rounded up, and 292
         *     years is the most
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder pollInterval(Duration longest) {
            Duration interval = Durations.wholeMillis(longest);
            if (interval.isZero()) {
                throw new IllegalArgumentException("a poll interval is positive");
            }
            this.pollInterval = interval;
            return this;
        }

        /** Where procfs is mounted, for tests. */
        Builder procRoot(Path root) {
            this.procRoot = root;
            client.procRoot(root);
            return this;
        }

        /**
         * Opens it.
         *
         * @return to be closed
         * @throws ModuleMissingException if the module is not loaded
         * @throws PermissionException if this process may not use it
         * @throws ZreapException if it cannot be used for another reason
         * @throws IllegalStateException if the signal is handled by somebody else in this JVM
         */
        public AdoptingReaper open() {
            Zreap zreap = client.open();
            try {
                return new AdoptingReaper(this, zreap);
            } catch (RuntimeException | Error e) {
                zreap.close();
                throw e;
            }
        }
    }
}
