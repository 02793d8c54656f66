// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.zreap.diagnosis.ProgramRuntime;
import org.zreap.diagnosis.SignalDisposition;
import org.zreap.internal.diagnosis.Program.Waits;
import org.zreap.internal.proc.BoundedLook;
import org.zreap.internal.proc.FdInfo;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.internal.proc.ProcStatus;
import org.zreap.internal.proc.ProcSyscall;

/**
 * Reads what a parent is doing. If a thread of the process is in state D, it reads only stat,
 * status, wchan, cgroup and links. The other files take locks that such a thread may hold.
 *
 * @param proc where to read
 * @param cgroups reads its cgroups
 * @param freezers tells frozen cgroups
 * @param looks bounds what may hang
 */
public record ParentReader(ProcFs proc, ProcessCgroups cgroups, Freezers freezers, BoundedLook looks) {

    private static final int SIGCHLD = 17;
    private static final int SIGCHLD_BIT = 16;

    /** A sleep in state D counts only if it lasts this long. */
    private static final Duration SECOND_LOOK = Duration.ofMillis(100);

    /** The most open files of a process that it looks at. */
    private static final int MOST_FILES = 4096;

    /** The facts; empty if there is no such process or it is hidden. */
    public Optional<ParentFacts> read(long pid, ProcessTable table) {
        return proc.stat(pid).flatMap(stat -> proc.status(pid).map(status -> read(stat, status, table)));
    }

    private ParentFacts read(ProcStat stat, ProcStatus status, ProcessTable table) {
        long pid = stat.identity().pid();
        List<ThreadFacts> threads = new Threads(proc).of(stat);
        boolean mayHoldLocks = threads.stream().anyMatch(thread -> thread.state() == 'D');
        boolean allSeen = new Threads(proc).areAllSeen(stat);
        boolean allBlock = !threads.isEmpty() && threads.stream().allMatch(ThreadFacts::blocksSigchld);
        Optional<ThreadFacts> waiter =
                threads.stream().filter(ThreadFacts::sleepsInWait).findFirst();
        ParentState condition = condition(stat, status, threads, allBlock, mayHoldLocks);
        Program program = acting(program(stat, mayHoldLocks), condition, pid);
        Optional<OpenFiles> files = mayHoldLocks ? Optional.empty() : openFiles(pid);
        ParentFacts facts = new ParentFacts(
                stat,
                condition,
                program,
                threads,
                allSeen,
                status.bit("ShdPnd", SIGCHLD_BIT) && !allBlock,
                files.map(OpenFiles::hasSignalfd),
                files.map(OpenFiles::followed).orElse(Set.of()),
                condition.tracer().isPresent()
                        ? proc.stat(condition.tracer().getAsLong())
                                .map(tracer -> tracer.name().toString())
                        : Optional.empty(),
                status.numbers("NSpid"),
                last(status.numbers("NSsid")),
                List.of(),
                mayHoldLocks || waiter.isEmpty()
                        ? OptionalLong.empty()
                        : argument(pid, waiter.get().tid()),
                Optional.empty());
        if (facts.isInVfork()) {
            return withVfork(facts, table);
        }
        return mayHoldLocks ? facts : withPipe(facts, table);
    }

    private ParentState condition(
            ProcStat stat, ProcStatus status, List<ThreadFacts> threads, boolean allBlock, boolean mayHoldLocks) {
        long pid = stat.identity().pid();
        return new ParentState(
                disposition(status),
                allBlock,
                proc.isStopped(stat),
                freezers.evidence(cgroups.of(pid)),
                mayHoldLocks && isLastinglyUninterruptible(stat),
                proc.wchan(pid, pid),
                threads.stream().anyMatch(ThreadFacts::sleepsInWait),
                status.number("TracerPid")
                        .filter(tracer -> tracer != 0)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                isLast(status.numbers("NSpid"), 1) || pid == 1);
    }

    /** Whether all its threads are in state D in two looks, a short time apart. */
    private boolean isLastinglyUninterruptible(ProcStat stat) {
        long pid = stat.identity().pid();
        if (!proc.isUninterruptible(stat)) {
            return false;
        }
        Optional<String> wchan = proc.wchan(pid, pid);
        try {
            TimeUnit.NANOSECONDS.sleep(SECOND_LOOK.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return proc.stat(pid).filter(proc::isUninterruptible).isPresent()
                && proc.wchan(pid, pid).equals(wchan);
    }

    private Program program(ProcStat stat, boolean mayHoldLocks) {
        long pid = stat.identity().pid();
        String name = stat.name().toString();
        return mayHoldLocks
                ? Programs.of(proc.executable(pid), name, Optional::empty, () -> new byte[0])
                : Programs.of(
                        proc.executable(pid),
                        name,
                        () -> looks.at(() -> proc.text(pid, "maps")),
                        () -> looks.at(() -> Optional.of(proc.executableHead(pid)))
                                .orElse(new byte[0]));
    }

    /**
     * A supervisor that waits when SIGCHLD tells it has a handler, or blocks SIGCHLD for a signalfd.
     * A process of the same program that does neither is a worker.
     */
    private Program acting(Program program, ParentState condition, long pid) {
        boolean isWorker = program.runtime() == ProgramRuntime.SUPERVISOR
                && program.waits() == Waits.FOR_ANY_IF_TOLD
                && condition.sigchld() == SignalDisposition.DEFAULT
                && !condition.sigchldBlocked();
        return isWorker ? Programs.worker(program, proc.executable(pid)) : program;
    }

    private static SignalDisposition disposition(ProcStatus status) {
        if (status.bit("SigCgt", SIGCHLD_BIT)) {
            return SignalDisposition.CAUGHT;
        }
        return status.bit("SigIgn", SIGCHLD_BIT) ? SignalDisposition.IGNORED : SignalDisposition.DEFAULT;
    }

    private OptionalLong argument(long pid, long tid) {
        return looks.at(() -> proc.text(pid, "task/" + tid + "/syscall"))
                .flatMap(ProcSyscall::parse)
                .map(call -> OptionalLong.of(call.firstArgument()))
                .orElse(OptionalLong.empty());
    }

    /**
     * What its open files show.
     *
     * @param hasSignalfd whether one is a signalfd for SIGCHLD
     * @param followed the processes of which one is a pidfd
     */
    private record OpenFiles(boolean hasSignalfd, Set<Long> followed) {}

    private Optional<OpenFiles> openFiles(long pid) {
        return looks.at(() -> proc.openFiles(pid).map(files -> {
            List<String> texts = files.stream()
                    .limit(MOST_FILES)
                    .flatMap(file -> proc.text(pid, "fdinfo/" + file).stream())
                    .toList();
            return new OpenFiles(
                    texts.stream().anyMatch(text -> FdInfo.isSignalfdFor(text, SIGCHLD)),
                    texts.stream()
                            .flatMap(text -> FdInfo.pidfdOf(text).stream().boxed())
                            .collect(Collectors.toSet()));
        }));
    }

    private static ParentFacts withVfork(ParentFacts facts, ProcessTable table) {
        List<ProcStat> children = table.livingChildren(facts.pid()).stream()
                .filter(ProcStat::hasNotExecuted)
                .toList();
        return with(facts, children, Optional.empty());
    }

    private ParentFacts withPipe(ParentFacts facts, ProcessTable table) {
        return facts.thread(thread -> thread.tid() == facts.pid())
                .flatMap(main -> new Pipes(proc, looks).of(main, table))
                .map(pipe -> with(facts, List.of(), Optional.of(pipe)))
                .orElse(facts);
    }

    private static ParentFacts with(
            ParentFacts facts, List<ProcStat> vforkChildren, Optional<ParentFacts.PipeSleep> pipe) {
        return new ParentFacts(
                facts.stat(),
                facts.condition(),
                facts.program(),
                facts.threads(),
                facts.allThreadsSeen(),
                facts.sigchldPending(),
                facts.signalfd(),
                facts.followed(),
                facts.tracerName(),
                facts.nsPids(),
                facts.nsSession(),
                vforkChildren,
                facts.waitsFor(),
                pipe);
    }

    static boolean isLast(List<Long> numbers, long number) {
        return !numbers.isEmpty() && numbers.get(numbers.size() - 1) == number;
    }

    static OptionalLong last(List<Long> numbers) {
        return numbers.isEmpty() ? OptionalLong.empty() : OptionalLong.of(numbers.get(numbers.size() - 1));
    }
}
