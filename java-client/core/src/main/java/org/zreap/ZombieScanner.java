// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.zreap.internal.ZombieBuilder;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.internal.proc.ProcStatus;

/**
 * Finds zombies in {@code /proc}. It needs neither the kernel module nor a privilege. It does not
 * find processes that {@code hidepid} hides. It leaves out a process that goes away during the
 * read.
 *
 * <p>A reader with CAP_SYS_PTRACE in the initial user namespace sees how every zombie ended. Other
 * readers see it only if the kernel shows them a wait status other than 0.
 *
 * <p>It sees whether a parent is stopped or held by a tracer ({@link ZombieState#PARENT_STOPPED}).
 * Only the kernel module knows whether a parent is frozen or busy.
 *
 * <p>Immutable and so thread-safe.
 */
public final class ZombieScanner {

    private final ProcFs proc;

    private ZombieScanner(ProcFs proc) {
        this.proc = proc;
    }

    /**
     * Scans the processes of this process's own {@code /proc}.
     *
     * @return the scanner
     */
    public static ZombieScanner system() {
        return of(Path.of("/proc"));
    }

    /**
     * Scans the processes of another mount of procfs.
     *
     * @param proc where it is mounted
     * @return the scanner
     */
    public static ZombieScanner of(Path proc) {
        return new ZombieScanner(new ProcFs(proc));
    }

    /**
     * Every zombie there is now, in the order of the PIDs.
     *
     * @return the zombies
     * @throws ZreapException if procfs cannot be read or is not mounted there
     */
    public List<Zombie> scan() {
        return stream().toList();
    }

    /**
     * A lazy stream of the zombies, in the order of the PIDs. This call lists the PIDs. The stream
     * looks at each process when it comes to it. The stream needs no close.
     *
     * @return the zombies
     * @throws ZreapException if procfs cannot be read or is not mounted there, also from the
     *     stream's operations
     */
    public Stream<Zombie> stream() {
        boolean seesExitCodes = proc.seesExitCodes();
        return proc.pids().mapToObj(pid -> find(pid, seesExitCodes)).flatMap(Optional::stream);
    }

    /**
     * The zombie with this PID.
     *
     * @param pid a process ID
     * @return empty if there is no such process, or it is no zombie
     * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link Target#MAX_PID}
     * @throws ZreapException if procfs cannot be read
     */
    public Optional<Zombie> find(long pid) {
        return find(Target.ofPid(pid).pid(), proc.seesExitCodes());
    }

    private Optional<Zombie> find(long pid, boolean seesExitCodes) {
        return proc.stat(pid)
                .filter(ProcStat::isZombie)
                .flatMap(stat -> proc.status(pid)
                        .filter(status -> isOfZombie(status, pid))
                        .map(status -> zombie(stat, status, seesExitCodes)));
    }

    /**
     * Another process may get the PID between the two reads. A thread has files like a process.
     */
    private static boolean isOfZombie(ProcStatus status, long pid) {
        return status.text("State").filter(state -> state.startsWith("Z")).isPresent()
                && status.number("Tgid").filter(tgid -> tgid == pid).isPresent();
    }

    private Zombie zombie(ProcStat stat, ProcStatus status, boolean seesExitCodes) {
        Optional<ProcStat> parent = stat.parentPid() == 0 ? Optional.empty() : proc.stat(stat.parentPid());
        int livingThreads = Math.max(0, stat.threads() - 1);
        long tracer = status.number("TracerPid").orElse(0L);
        return new ZombieBuilder(stat.identity(), stat.name())
                .parentPid(stat.parentPid())
                .parentName(parent.map(ProcStat::name))
                .state(state(livingThreads, tracer, parent))
                .uid(status.number("Uid").map(OptionalLong::of).orElse(OptionalLong.empty()))
                .livingThreads(livingThreads)
                .tracer(tracer == 0 ? OptionalLong.empty() : OptionalLong.of(tracer))
                .status(
                        livingThreads == 0 && (seesExitCodes || stat.exitCode() != 0)
                                ? Optional.of(ExitStatus.ofWaitStatus(stat.exitCode()))
                                : Optional.empty())
                .build();
    }

    private ZombieState state(int livingThreads, long tracer, Optional<ProcStat> parent) {
        if (livingThreads > 0) {
            return ZombieState.THREADS;
        }
        if (tracer != 0) {
            return ZombieState.TRACED;
        }
        if (parent.filter(ProcStat::isKernelThread).isPresent()) {
            return ZombieState.KERNEL_CHILD;
        }
        return parent.filter(proc::isStopped).isPresent() ? ZombieState.PARENT_STOPPED : ZombieState.REAPABLE;
    }
}
