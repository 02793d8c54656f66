// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.diagnosis.Headroom;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.internal.proc.ProcCgroup;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStatus;

/**
 * Reads how many more processes can start.
 *
 * @param proc where processes are read
 * @param limits reads the limits of cgroups and of the machine
 */
public record Headrooms(ProcFs proc, TaskLimits limits) {

    private static final int CAP_SYS_ADMIN = 21;
    private static final int CAP_SYS_RESOURCE = 24;

    /**
     * The room.
     *
     * @param groups the cgroups of the process that takes the place
     * @param payer the process whose user's limit applies
     * @param mayReadLimits whether to read the file with that limit; false for a process in state D
     */
    public Headroom of(List<ProcCgroup> groups, long payer, boolean mayReadLimits) {
        List<TaskLimit> levels = groups.stream().flatMap(limits::of).toList();
        Optional<TaskLimit> tightest =
                levels.stream().filter(level -> level.max().isPresent()).min(Comparator.comparingLong(TaskLimit::room));
        Optional<TaskLimit> own = levels.stream().findFirst();
        OptionalLong userMax = mayReadLimits && isLimited(payer)
                ? TaskLimits.number(proc.text(payer, "limits").flatMap(Headrooms::maxProcesses))
                : OptionalLong.empty();
        return new Headroom(
                tightest.flatMap(TaskLimit::cgroup),
                tightest.or(() -> own)
                        .map(level -> OptionalLong.of(level.current()))
                        .orElse(OptionalLong.empty()),
                tightest.map(TaskLimit::max).orElse(OptionalLong.empty()),
                userMax.isPresent() ? tasksOfUser(payer) : OptionalLong.empty(),
                userMax,
                TaskLimits.number(proc.text("sys/kernel/pid_max")),
                proc.isOfInitialPidNamespace() ? limits.tasksOfMachine() : OptionalLong.empty(),
                TaskLimits.number(proc.text("sys/kernel/threads-max")));
    }

    /** Whether the kernel would refuse a fork at RLIMIT_NPROC. */
    private boolean isLimited(long pid) {
        Optional<ProcStatus> status = proc.status(pid);
        boolean isRoot =
                status.flatMap(s -> s.number("Uid")).filter(uid -> uid == 0).isPresent();
        boolean isExempt = status.filter(s -> s.bit("CapEff", CAP_SYS_ADMIN) || s.bit("CapEff", CAP_SYS_RESOURCE))
                        .isPresent()
                && proc.link(pid, "ns/user").isPresent()
                && proc.link(pid, "ns/user").equals(proc.ownLink("ns/user"));
        return !isRoot && !isExempt;
    }

    /** The count for RLIMIT_NPROC: every thread, and one for each zombie. */
    private OptionalLong tasksOfUser(long pid) {
        Optional<Long> uid = proc.status(pid).flatMap(status -> status.number("Uid"));
        return uid.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(proc.pids()
                        .mapToObj(proc::status)
                        .flatMap(Optional::stream)
                        .filter(status -> status.number("Uid").equals(uid))
                        .mapToLong(status -> status.number("Threads").orElse(1L))
                        .sum());
    }

    /** The soft limit in the line {@code Max processes  SOFT  HARD  processes}. */
    private static Optional<String> maxProcesses(String limits) {
        return limits.lines()
                .filter(line -> line.startsWith("Max processes"))
                .map(line -> line.split("\\s+", -1)[2])
                .findFirst();
    }
}
