// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.internal.proc.ProcStatus;

/**
 * Finds out why zombies are there, from {@code /proc} and {@code /sys/fs/cgroup}; needs no kernel module. A reader
 * without privileges sees less, and the {@link Diagnosis} then says less.
 *
 * <p>Immutable and so thread-safe.
 */
public final class Diagnoser {

    /** A chain of parents is no longer than this; the kernel knows no limit. */
    private static final int MAX_ANCESTORS = 64;

    private static final int SIGCHLD_BIT = 16;

    private final ProcFs proc;
    private final Path cgroups;
    private final Freezers freezers;
    private final ZombieScanner scanner;

    private Diagnoser(Path procRoot, Path cgroupRoot) {
        this.proc = new ProcFs(procRoot);
        this.cgroups = cgroupRoot;
        this.freezers = new Freezers(cgroupRoot);
        this.scanner = ZombieScanner.of(procRoot);
    }

    /**
     * Reads this process's own {@code /proc} and {@code /sys/fs/cgroup}.
     *
     * @return the diagnoser
     */
    public static Diagnoser system() {
        return of(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
    }

    /**
     * Reads other mounts.
     *
     * @param proc where procfs is mounted
     * @param cgroups where cgroup2 is mounted, or the hierarchies of version 1
     * @return the diagnoser
     */
    public static Diagnoser of(Path proc, Path cgroups) {
        return new Diagnoser(proc, cgroups);
    }

    /**
     * Diagnoses a zombie; counts its parent's zombies by a scan of {@code /proc}.
     *
     * @param zombie the zombie
     * @return the diagnosis
     * @throws org.zreap.ZreapException if procfs cannot be read
     */
    public Diagnosis diagnose(Zombie zombie) {
        return diagnose(zombie, scanner.scan());
    }

    /**
     * Diagnoses a zombie among others that are known already. With the list of
     * {@link org.zreap.Zreap#zombies}, which has ages, the diagnosis says how fast they come.
     *
     * @param zombie the zombie
     * @param all every zombie there is
     * @return the diagnosis
     * @throws org.zreap.ZreapException if procfs cannot be read
     */
    public Diagnosis diagnose(Zombie zombie, List<Zombie> all) {
        long parent = zombie.parentPid();
        Optional<ParentCondition> condition =
                proc.stat(parent).flatMap(stat -> proc.status(parent).map(status -> condition(parent, stat, status)));
        Optional<Placement> placement = proc.text(parent, "cgroup").flatMap(Placements::parse);
        return new Diagnosis(
                zombie,
                ancestry(parent),
                condition,
                placement,
                ZombieCrowd.of(all.stream().filter(z -> z.parentPid() == parent).toList()),
                headroom(parent, placement),
                Causes.find(zombie, condition, placement));
    }

    private ParentCondition condition(long pid, ProcStat stat, ProcStatus status) {
        return new ParentCondition.Builder(Runtimes.of(
                        proc.executable(pid).orElseGet(() -> stat.name().toString()),
                        proc.text(pid, "maps"),
                        proc.executableHead(pid)))
                .sigchld(disposition(status))
                .sigchldBlocked(status.bit("SigBlk", SIGCHLD_BIT))
                .stopped(proc.isStopped(stat))
                .frozen(proc.text(pid, "cgroup").flatMap(freezers::evidence))
                .uninterruptible(proc.isUninterruptible(stat))
                .wchan(proc.wchan(pid, pid))
                .waiting(proc.threads(pid).anyMatch(tid -> isWait(proc.wchan(pid, tid))))
                .tracer(status.number("TracerPid")
                        .filter(tracer -> tracer != 0)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()))
                .namespaceInit(status.text("NSpid").orElse("").matches("(.*\\s)?1"))
                .build();
    }

    private static SignalDisposition disposition(ProcStatus status) {
        if (status.bit("SigCgt", SIGCHLD_BIT)) {
            return SignalDisposition.CAUGHT;
        }
        return status.bit("SigIgn", SIGCHLD_BIT) ? SignalDisposition.IGNORED : SignalDisposition.DEFAULT;
    }

    private static boolean isWait(Optional<String> wchan) {
        return wchan.filter(function -> function.startsWith("do_wait") || function.startsWith("kernel_wait"))
                .isPresent();
    }

    private List<Ancestor> ancestry(long parent) {
        List<Ancestor> ancestry = new ArrayList<>();
        long pid = parent;
        while (pid != 0 && ancestry.size() < MAX_ANCESTORS) {
            Optional<ProcStat> stat = proc.stat(pid);
            if (stat.isEmpty()) {
                break;
            }
            ancestry.add(ancestor(stat.get()));
            pid = stat.get().parentPid();
        }
        return ancestry;
    }

    private Ancestor ancestor(ProcStat stat) {
        long pid = stat.identity().pid();
        return new Ancestor(
                stat.identity(),
                stat.name(),
                proc.commandLine(pid),
                proc.status(pid)
                        .flatMap(status -> status.number("Uid"))
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                proc.owner(pid));
    }

    private Optional<Path> folder(String cgroup) {
        try {
            return Optional.of(cgroups.resolve(cgroup.substring(1)));
        } catch (InvalidPathException e) {
            return Optional.empty(); // its name is none in the encoding of this JVM
        }
    }

    private Headroom headroom(long parent, Optional<Placement> placement) {
        Optional<Path> group = placement.flatMap(p -> folder(p.cgroup()));
        OptionalLong userMax = number(proc.text(parent, "limits").flatMap(Diagnoser::maxProcesses));
        return new Headroom(
                number(group.flatMap(g -> ProcFs.textOf(g.resolve("pids.current")))),
                number(group.flatMap(g -> ProcFs.textOf(g.resolve("pids.max")))),
                userMax.isPresent() ? tasksOfUser(parent) : OptionalLong.empty(),
                userMax,
                number(proc.text("sys/kernel/pid_max")));
    }

    /** What RLIMIT_NPROC counts: threads, and zombies as one each. */
    private OptionalLong tasksOfUser(long parent) {
        Optional<Long> uid = proc.status(parent).flatMap(status -> status.number("Uid"));
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

    private static OptionalLong number(Optional<String> text) {
        return text.map(String::strip)
                .filter(digits -> digits.matches("[0-9]{1,18}"))
                .map(digits -> OptionalLong.of(Long.parseLong(digits)))
                .orElse(OptionalLong.empty());
    }
}
