// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.adopt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zreap.ExitStatus;
import org.zreap.Failure;
import org.zreap.ProcessIdentity;
import org.zreap.Verification;
import org.zreap.ZreapException;
import org.zreap.adopt.Ending;
import org.zreap.internal.KernelUsage;
import org.zreap.internal.Threads;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;

/**
 * Waits for zombies that become children of this process. It waits for each by PID, so it takes no
 * child of other code. One daemon thread looks when it is woken, and also at intervals, in case
 * nobody wakes it.
 *
 * <p>Thread-safe.
 */
public final class ChildWaiter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChildWaiter.class);

    private final Sys sys;
    private final ProcFs proc;
    private final Verification verification;
    private final long self;
    private final Duration pollInterval;
    private final Thread thread = new Thread(this::run, "zreap-adopter");

    private final Map<ProcessIdentity, Expected> expected = new LinkedHashMap<>();
    private final Map<ProcessIdentity, Integer> held = new HashMap<>();
    private boolean woken;
    private boolean closed;

    /**
     * Starts waiting.
     *
     * @param sys the system calls
     * @param proc where processes are seen
     * @param verification tells whether a process that {@code /proc} does not show is gone
     * @param self the PID of this process
     * @param pollInterval the longest time between two looks
     */
    public ChildWaiter(Sys sys, ProcFs proc, Verification verification, long self, Duration pollInterval) {
        this.sys = sys;
        this.proc = proc;
        this.verification = verification;
        this.self = self;
        this.pollInterval = pollInterval;
        thread.setDaemon(true);
        thread.start();
    }

    private static final class Expected {

        private final List<CompletableFuture<Ending>> endings = new ArrayList<>();
        private boolean adopted;

        /** Whether it is uncertain that the process comes, so that one look decides. */
        private boolean doubtful;

        /** A future for one more caller. */
        private CompletableFuture<Ending> endingForCaller() {
            CompletableFuture<Ending> ending = new CompletableFuture<>();
            endings.removeIf(CompletableFuture::isDone);
            endings.add(ending);
            return ending;
        }
    }

    /**
     * Waits for a process, also after the callers have given up their futures.
     *
     * @param process which one
     * @param adopted whether it is a child of this process by now, and a zombie
     * @return how it ended; a future of this caller's own
     * @throws IllegalStateException if this is closed
     */
    public synchronized CompletableFuture<Ending> expect(ProcessIdentity process, boolean adopted) {
        if (closed) {
            throw new IllegalStateException("the adopting reaper is closed");
        }
        Expected entry = expected.computeIfAbsent(process, key -> new Expected());
        entry.adopted |= adopted;
        entry.doubtful = false;
        wake();
        return entry.endingForCaller();
    }

    /**
     * Does not wait for these processes until {@link #release} is called as often as this method. A
     * request to hand them over is under way. Its caller first needs the answer, to call
     * {@link #expect}.
     *
     * @param processes which ones
     */
    public synchronized void hold(Collection<ProcessIdentity> processes) {
        processes.forEach(process -> held.merge(process, 1, Integer::sum));
    }

    /**
     * Takes back one {@link #hold}.
     *
     * @param processes the same ones
     */
    public synchronized void release(Collection<ProcessIdentity> processes) {
        processes.forEach(process -> held.computeIfPresent(process, (key, times) -> times == 1 ? null : times - 1));
        wake();
    }

    /**
     * Waits for those of these processes that are now zombies and children of this process. It
     * forgets the others, unless {@link #expect} named them.
     *
     * @param processes which ones; none was a child before somebody asked for it
     */
    public synchronized void suspect(Collection<ProcessIdentity> processes) {
        for (ProcessIdentity process : processes) {
            expected.computeIfAbsent(process, key -> {
                Expected entry = new Expected();
                entry.doubtful = true;
                return entry;
            });
        }
        wake();
    }

    /** Lets the thread look now. */
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /**
     * Looks a last time, gives up on processes that have not come, and ends the thread. An
     * interrupt ends the waiting for the thread. The caller's thread stays marked as interrupted.
     */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            wake();
        }
        Threads.awaitEnd(thread);
    }

    private void run() {
        try {
            boolean last = false;
            while (!last) {
                last = awaitReason();
                for (Map.Entry<ProcessIdentity, Expected> entry : snapshot()) {
                    tryLook(entry.getKey(), entry.getValue());
                }
            }
        } finally {
            giveUp();
        }
    }

    private void giveUp() {
        synchronized (this) {
            closed = true;
        }
        for (Map.Entry<ProcessIdentity, Expected> entry : snapshot()) {
            fail(
                    entry.getKey(),
                    entry.getValue(),
                    Failure.of(
                            "the adopting reaper was closed before process " + entry.getKey() + " came to it",
                            "close it later, or see /proc/zreap_recent for what became of the process"));
        }
    }

    /** Sleeps until there is a reason to look; true if it is the last time. */
    private synchronized boolean awaitReason() {
        long end = System.nanoTime() + pollInterval.toNanos();
        try {
            while (!woken) {
                if (expected.isEmpty()) {
                    wait();
                    continue;
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        } catch (InterruptedException e) {
            LOG.debug("interrupted, which does not end the waiting", e);
        }
        woken = false;
        return closed;
    }

    private synchronized List<Map.Entry<ProcessIdentity, Expected>> snapshot() {
        return new ArrayList<>(expected.entrySet());
    }

    /** If a look at a process fails, the next poll looks again. */
    private void tryLook(ProcessIdentity process, Expected entry) {
        try {
            look(process, entry);
        } catch (RuntimeException e) {
            LOG.warn("cannot look at process {} now, but tries again: {}", process, e.toString());
        }
        if (Thread.interrupted()) {
            LOG.debug("what hangs on the future of process {} left an interrupt", process);
        }
    }

    /**
     * A zombie with that start time and this parent is certainly ours. It was not a child of this
     * process when it became expected, and it keeps its PID until somebody waits for it.
     */
    private void look(ProcessIdentity process, Expected entry) {
        boolean isDoubtful = isDoubtful(entry); // read first: the look must be later than the request
        Optional<ProcStat> stat = proc.stat(process.pid());
        boolean isOurs = isAdopted(entry)
                ? stat.isEmpty() || isSame(stat, process) // it may be hidden from us
                : isSame(stat, process)
                        && stat.get().parentPid() == self
                        && stat.get().isZombie();
        if (isHeld(process)) {
            return; // read last: a process held before it became our child must stay
        }
        try {
            if (isOurs) {
                sys.waitNow(process.pid()).ifPresent(waited -> complete(process, entry, waited));
            } else if (isDoubtful) {
                forgetDoubtful(process, entry);
            } else if (!isSame(stat, process) && verification.isGone(process)) {
                lost(process, entry, Optional.empty());
            }
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ECHILD) {
                lost(process, entry, Optional.of(e));
            } else if (e.errno() != Errno.EINTR) {
                fail(
                        process,
                        entry,
                        Failure.of("cannot wait for process " + process + " (" + e.getMessage() + ")", "see wait4(2)")
                                .withErrno(e.errno(), e));
            }
        }
    }

    private static boolean isSame(Optional<ProcStat> stat, ProcessIdentity process) {
        return stat.filter(now -> now.identity().equals(process)).isPresent();
    }

    private synchronized boolean isAdopted(Expected entry) {
        return entry.adopted;
    }

    private synchronized boolean isDoubtful(Expected entry) {
        return entry.doubtful;
    }

    private synchronized boolean isHeld(ProcessIdentity process) {
        return held.containsKey(process);
    }

    private void complete(ProcessIdentity process, Expected entry, Sys.Waited waited) {
        forget(process);
        Ending ending = new Ending(
                process,
                ExitStatus.ofWaitStatus(waited.status()),
                KernelUsage.of(waited.userMicros(), waited.systemMicros(), waited.maxResidentKb()));
        entry.endings.forEach(future -> future.complete(ending));
    }

    private void lost(ProcessIdentity process, Expected entry, Optional<ErrnoException> cause) {
        Failure failure = Failure.of(
                "somebody else has waited for process " + process,
                "see that nothing in this process waits for all children; /proc/zreap_recent may have the status");
        fail(process, entry, cause.map(e -> failure.withErrno(e.errno(), e)).orElse(failure));
    }

    private void fail(ProcessIdentity process, Expected entry, Failure failure) {
        forget(process);
        ZreapException e = new ZreapException(failure.withPid(process.pid()));
        entry.endings.forEach(future -> future.completeExceptionally(e));
    }

    private synchronized void forgetDoubtful(ProcessIdentity process, Expected entry) {
        if (entry.doubtful) {
            forget(process);
        }
    }

    /** After this nobody gets a future of the entry any more, so that its list stays as it is. */
    private synchronized void forget(ProcessIdentity process) {
        expected.remove(process);
    }
}
