// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.zreap.internal.proc.ProcStat;

/**
 * Facts about the parent of zombies.
 *
 * @param stat what its {@code stat} says
 * @param condition what it is doing
 * @param program what it runs
 * @param threads its threads that have not ended, the main one first
 * @param allThreadsSeen whether the list has all of them
 * @param sigchldPending whether a SIGCHLD waits for it that some thread does not block
 * @param signalfd whether it has a signalfd for SIGCHLD; empty if this process may not know
 * @param followed the processes of which it holds a pidfd
 * @param tracerName the name of its tracer
 * @param nsPids its PID in every namespace, the outermost first
 * @param nsSession its session in its own PID namespace
 * @param vforkChildren its living children that have not called exec, where it is in vfork
 * @param waitsFor the first argument of the wait that a thread of it sleeps in, if one does and it
 *     is known
 * @param pipe the pipe that its main thread reads from or writes to
 */
public record ParentFacts(
        ProcStat stat,
        ParentState condition,
        Program program,
        List<ThreadFacts> threads,
        boolean allThreadsSeen,
        boolean sigchldPending,
        Optional<Boolean> signalfd,
        Set<Long> followed,
        Optional<String> tracerName,
        List<Long> nsPids,
        OptionalLong nsSession,
        List<ProcStat> vforkChildren,
        OptionalLong waitsFor,
        Optional<PipeSleep> pipe) {

    /** The kernel function in which a parent sleeps until its vfork child calls exec or ends. */
    private static final List<String> VFORK = List.of("wait_for_vfork_done", "kernel_clone", "do_fork");

    /**
     * A sleep in a read from a pipe, or in a write to it.
     *
     * @param tid the thread that sleeps
     * @param pipe the link or the path of the pipe, for people
     * @param writes whether it writes
     * @param others the processes that hold the other end open, for people; without those that this
     *     process may not see
     */
    public record PipeSleep(long tid, String pipe, boolean writes, List<String> others) {}

    /** Its PID. */
    public long pid() {
        return stat.identity().pid();
    }

    /** It, for people. */
    public String described() {
        return pid() + " (" + stat.name() + ")";
    }

    /** The first thread that passes a test. */
    public Optional<ThreadFacts> thread(Predicate<ThreadFacts> condition) {
        return threads.stream().filter(condition).findFirst();
    }

    /** The threads other than the main one. */
    public Stream<ThreadFacts> otherThreads() {
        return threads.stream().filter(thread -> thread.tid() != pid());
    }

    /**
     * When the oldest thread other than the main one started. The process called exec earlier,
     * because exec ends all other threads.
     *
     * @return empty if there is no other thread
     */
    public OptionalLong oldestThread() {
        return otherThreads().mapToLong(ThreadFacts::startTicks).min();
    }

    /** Whether its main thread is on a CPU, or about to be. */
    public boolean isComputing() {
        return stat.state() == 'R';
    }

    /** Whether a thread of it waits for any of several files. */
    public boolean polls() {
        return thread(thread -> thread.sleepsIn("poll") || thread.sleepsIn("select"))
                .isPresent();
    }

    /** Whether a thread of it is in state D. Such a thread may hold locks of the process. */
    public boolean mayHoldLocks() {
        return threads.stream().anyMatch(thread -> thread.state() == 'D');
    }

    /** Whether it sleeps in vfork. */
    public boolean isInVfork() {
        return condition.uninterruptible()
                && condition
                        .wchan()
                        .filter(wchan -> VFORK.stream().anyMatch(wchan::contains))
                        .isPresent();
    }

    /** Whether SIGCHLD reaches it: by a handler, a signalfd or a thread that waits for signals. */
    public boolean isTold() {
        return switch (condition.sigchld()) {
            case CAUGHT -> !condition.sigchldBlocked() || signalfd.orElse(false);
            case IGNORED -> false;
            case DEFAULT -> signalfd.orElse(false) || waitsForSignals().isPresent();
        };
    }

    /** A thread that waits for signals without a handler. */
    public Optional<ThreadFacts> waitsForSignals() {
        return thread(thread -> thread.sleepsIn("sigtimedwait"));
    }
}
