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
 * Lets this JVM adopt zombies. They become its children. It waits for them and tells its caller how
 * they ended.
 *
 * <pre>{@code
 * try (AdoptingReaper reaper = AdoptingReaper.open()) {
 *     Ending ending = reaper.adopt(zombie).get();
 * }
 * }</pre>
 *
 * <p>It waits by PID, and only for the processes that the caller names. So children that
 * {@link ProcessBuilder} starts keep their exit values.
 *
 * <p>It handles one signal (SIGUSR1 by default) with {@code sun.misc.Signal} of the module
 * {@code jdk.unsupported}. A native handler by JNA would run Java code at an unsafe point of the
 * JVM. The kernel may merge signals, and one may be lost. So the reaper also polls
 * ({@link Builder#pollInterval}).
 *
 * <p>If a JVM starts with SIGCHLD ignored, it cannot adopt at first: the result is
 * {@link ReapResult.Deaf}. After the JVM has started its first process, it can.
 *
 * <p>Each call gives a future of its own. You may cancel it, or limit its time
 * ({@link CompletableFuture#orTimeout}): other callers' futures for the same process stay as they
 * are, and the reaper still waits for the process. A later {@link #expect} gives a new future.
 *
 * <p>Thread-safe. It has one daemon thread. Functions that you attach to the futures run in it too.
 * Use the futures' {@code Async} methods for long work.
 */
public final class AdoptingReaper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdoptingReaper.class);

    private final Zreap zreap;
    private final ProcFs proc;
    private final long self = ProcessHandle.current().pid();
    private final AdoptOptions options;
    private final ChildWaiter waiter;
    private final JvmSignal signal;

    /** A request holds this lock for reading. */
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
     * Opens a reaper with the defaults of {@link Builder}.
     *
     * @return to be closed
     * @throws ModuleMissingException if the module is not loaded
     * @throws PermissionException if this process may not use it
     * @throws ZreapException if it cannot be used for another reason
     * @throws IllegalStateException if other code in this JVM handles SIGUSR1
     */
    public static AdoptingReaper open() {
        return builder().open();
    }

    /**
     * Sets up a reaper.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder(Sys.linux(), Zreap.builder());
    }

    /** A builder with other system calls, and a client with the same ones, for tests. */
    static Builder builder(Sys sys, Zreap.Builder client) {
        return new Builder(sys, client);
    }

    /**
     * Adopts a zombie.
     *
     * @param target which one
     * @return how it ended; fails with {@link NotAdoptedException} if the kernel does not hand it
     *     over, and with a {@link ZreapException} if other code in this process waits for it
     * @throws ZreapException if the request could not be made
     * @throws IllegalStateException if this is closed
     */
    public CompletableFuture<Ending> adopt(Target target) {
        return adopt(List.of(target)).get(0);
    }

    /**
     * Adopts many zombies. If the kernel refuses one, it still hands over the others.
     *
     * @param targets which ones; any number
     * @return for each, in the order of the targets, what {@link #adopt(Target)} gives
     * @throws ZreapException if a request could not be made; the reaper still waits for zombies
     *     that the kernel has handed over
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
     * Waits for a process that another caller will hand to this JVM, for example with
     * {@code zreap adopt --to}. Call this before the other caller does so.
     *
     * @param process which one
     * @return how it ended; fails with a {@link ZreapException} if the process goes to another
     *     parent, or does not come before this reaper is closed
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
     * Restores the signal and ends the thread. The reaper waits for the zombies that it has
     * adopted. Futures of processes that have not come fail. If the module cannot say whether a
     * signal is still under way, the JVM goes on ignoring the signal. A second call does nothing.
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
        // Without the lock: functions attached to a future may call this reaper. The call fails,
        // but must not wait for the lock.
        waiter.close();
    }

    /**
     * The default action of most signals ends the process, and another caller may just now hand a
     * zombie to this process. So the JVM first ignores the signal, and the module then refuses
     * (deaf). The module checks this process and signals it within one hold of the kernel's
     * tasklist_lock. A dry run takes that lock too. When the dry run has an answer, or the module
     * is gone, no earlier hold can still send a signal. Without that proof the JVM goes on ignoring
     * the signal.
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
            waiter.suspect(strangers); // zombies may have come, though the answer is lost
            throw e;
        } finally {
            waiter.release(strangers);
        }
    }

    /**
     * The visible processes that are not yet children of this process. Other code waits for its own
     * children.
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
     * <p>Not thread-safe: only one thread may use it.
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
         * Chooses how the reaper reaches the module.
         *
         * @param choice {@link Transport#PROCFS} by default
         * @return this builder
         */
        public Builder transport(Transport choice) {
            client.transport(choice);
            return this;
        }

        /**
         * Chooses the signal by which the kernel tells of a zombie that it has handed over.
         *
         * @param name SIGUSR1 by default; also SIGALRM, SIGURG, SIGWINCH, SIGIO, SIGPWR or
         *     SIGSTKFLT, with or without {@code SIG}
         * @return this builder
         * @throws IllegalArgumentException if it is another signal: the JVM needs it, or no process
         *     can handle it
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
         * Sets how often the reaper looks without a signal.
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
         * Opens the reaper.
         *
         * @return to be closed
         * @throws ModuleMissingException if the module is not loaded
         * @throws PermissionException if this process may not use it
         * @throws ZreapException if it cannot be used for another reason
         * @throws IllegalStateException if other code in this JVM handles the signal
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
