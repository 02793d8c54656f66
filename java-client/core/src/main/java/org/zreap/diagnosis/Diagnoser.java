// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.Target;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.internal.diagnosis.Alike;
import org.zreap.internal.diagnosis.EndingInits;
import org.zreap.internal.diagnosis.EndingInits.EndingInit;
import org.zreap.internal.diagnosis.Freezers;
import org.zreap.internal.diagnosis.Headrooms;
import org.zreap.internal.diagnosis.HeldOutputs;
import org.zreap.internal.diagnosis.HeldOutputs.HeldOutput;
import org.zreap.internal.diagnosis.Likeness;
import org.zreap.internal.diagnosis.LivingStates;
import org.zreap.internal.diagnosis.Monitors;
import org.zreap.internal.diagnosis.ParentFacts;
import org.zreap.internal.diagnosis.ParentReader;
import org.zreap.internal.diagnosis.ParentState;
import org.zreap.internal.diagnosis.Placements;
import org.zreap.internal.diagnosis.ProcessCgroups;
import org.zreap.internal.diagnosis.ProcessTable;
import org.zreap.internal.diagnosis.Rules;
import org.zreap.internal.diagnosis.Situation;
import org.zreap.internal.diagnosis.TaskLimits;
import org.zreap.internal.diagnosis.ZombieFacts;
import org.zreap.internal.diagnosis.ZombieReader;
import org.zreap.internal.proc.BoundedLook;
import org.zreap.internal.proc.ProcCgroup;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;

/**
 * Finds out why zombies are there. It reads {@code /proc} and {@code /sys/fs/cgroup}, and needs no
 * kernel module. Without privileges it sees less, and the {@link Diagnosis} then says less.
 *
 * <p>A diagnosis does not hang when the process that it explains hangs. It reads only files of a
 * process in state D that need no lock of that process. It gives up other reads that may hang after
 * one second. While eight such reads hang, it tries no more.
 *
 * <p>Thread-safe.
 */
public final class Diagnoser {

    /** The longest chain of parents that a diagnosis follows. The kernel has no limit. */
    private static final int MAX_ANCESTORS = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int HANGING = 8;

    private final ProcFs proc;
    private final ZombieScanner scanner;
    private final BoundedLook looks = new BoundedLook(PATIENCE, HANGING);
    private final ProcessCgroups cgroups;
    private final Monitors monitors;
    private final ParentReader parents;
    private final Headrooms headrooms;
    private final TaskLimits taskLimits;
    private final LivingStates livingStates;

    private Diagnoser(Path procRoot, Optional<Path> cgroupRoot) {
        this.proc = new ProcFs(procRoot);
        this.scanner = ZombieScanner.of(procRoot);
        this.cgroups = new ProcessCgroups(proc, cgroupRoot);
        this.monitors = new Monitors(proc, cgroups, looks);
        this.parents = new ParentReader(proc, cgroups, new Freezers(cgroupRoot), looks);
        this.taskLimits = new TaskLimits(proc, cgroupRoot);
        this.headrooms = new Headrooms(proc, taskLimits);
        this.livingStates = new LivingStates(proc);
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
     * @param cgroups where cgroup2 is mounted, or the hierarchies of version 1, of the same machine
     *     or container
     * @return the diagnoser
     */
    public static Diagnoser of(Path proc, Path cgroups) {
        return new Diagnoser(proc, Optional.of(cgroups));
    }

    /**
     * Reads another procfs, without its cgroups. A diagnosis then knows no cgroup limits, and does
     * not see that a parent is frozen.
     *
     * @param proc where procfs is mounted
     * @return the diagnoser
     */
    public static Diagnoser withoutCgroups(Path proc) {
        return new Diagnoser(proc, Optional.empty());
    }

    /**
     * Diagnoses a zombie. It scans {@code /proc} to count its parent's zombies.
     *
     * @param zombie the zombie
     * @return the diagnosis
     * @throws org.zreap.ZreapException if procfs cannot be read
     */
    public Diagnosis diagnose(Zombie zombie) {
        return diagnose(zombie, scanner.scan());
    }

    /**
     * Diagnoses a zombie, given the list of all zombies. The list of
     * {@link org.zreap.Zreap#zombies} has ages. With it the diagnosis says how fast zombies come.
     *
     * @param zombie the zombie
     * @param all every zombie there is
     * @return the diagnosis
     * @throws org.zreap.ZreapException if procfs cannot be read
     */
    public Diagnosis diagnose(Zombie zombie, List<Zombie> all) {
        return diagnose(List.of(zombie), all).get(0);
    }

    /**
     * Diagnoses several zombies. It makes one diagnosis for zombies that are alike, and reads each
     * parent once.
     *
     * @param zombies the zombies
     * @param all every zombie there is
     * @return the diagnoses, in the order of the first zombie of each
     * @throws org.zreap.ZreapException if procfs cannot be read
     */
    public List<Diagnosis> diagnose(Collection<Zombie> zombies, List<Zombie> all) {
        ProcessTable table = new ProcessTable(proc);
        ZombieReader reader = new ZombieReader(proc, cgroups);
        Map<Likeness, Alike> groups = new LinkedHashMap<>();
        Map<Long, Optional<ParentFacts>> seen = new LinkedHashMap<>();
        for (Zombie zombie : zombies) {
            ZombieFacts own = reader.read(zombie);
            Optional<ParentFacts> parent = seen.computeIfAbsent(zombie.parentPid(), pid -> parents.read(pid, table));
            groups.computeIfAbsent(
                            Likeness.of(zombie, own, parent), likeness -> new Alike(new ArrayList<>(), own, parent))
                    .zombies()
                    .add(zombie);
        }
        return groups.values().stream()
                .map(group -> diagnose(group, all, table))
                .toList();
    }

    /**
     * Describes a process that is not a zombie. If it is a parent, this also diagnoses its zombies.
     *
     * @param pid a process ID
     * @param all every zombie there is
     * @return empty if there is no such process, or it is a zombie
     * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link Target#MAX_PID}
     * @throws org.zreap.ZreapException if procfs cannot be read
     */
    public Optional<LivingProcess> living(long pid, List<Zombie> all) {
        ProcessTable table = new ProcessTable(proc);
        return parents.read(Target.ofPid(pid).pid(), table)
                .filter(facts -> !facts.stat().isZombie())
                .map(facts -> {
                    List<Zombie> zombies = all.stream()
                            .filter(zombie -> zombie.parentPid() == pid)
                            .toList();
                    LivingStates.Told told = livingStates.of(facts, table);
                    return new LivingProcess(
                            ancestor(facts.stat()),
                            told.state(),
                            told.evidence(),
                            placement(pid),
                            zombies.isEmpty() ? List.of() : diagnose(zombies, all),
                            told.now());
                });
    }

    /**
     * Where a zombie belongs, from its own cgroups or from its parent's.
     *
     * @param zombie the zombie
     * @return empty if that cannot be seen
     */
    public Optional<Placement> placement(Zombie zombie) {
        return placement(zombie.pid(), new ZombieReader(proc, cgroups).read(zombie), placement(zombie.parentPid()));
    }

    /**
     * Where a process belongs, from its cgroups.
     *
     * @param pid a process ID
     * @return empty if that cannot be seen
     */
    public Optional<Placement> placement(long pid) {
        return Placements.of(cgroups.of(pid)).map(place -> withMonitor(place, pid));
    }

    /**
     * How many more tasks can start beside a process, by its cgroups and by the machine's limits.
     * The limit of its user (RLIMIT_NPROC) is left out, because the count for it takes a look at
     * every process; {@link Diagnosis#headroom} has it.
     *
     * @param pid a process ID
     * @return the room, of the machine alone if the process's cgroups cannot be seen
     */
    public Headroom headroom(long pid) {
        return headrooms.of(cgroups.of(pid), pid, false);
    }

    /**
     * The limits of the cgroups that count the tasks of a process. This reads two small files for
     * each cgroup.
     *
     * @param pid a process ID, also that of a zombie
     * @return the limits, those further up after those further down; none if there is no such
     *     process, or its cgroups cannot be seen
     */
    public List<TaskLimit> taskLimits(long pid) {
        return cgroups.of(pid).stream().flatMap(taskLimits::of).toList();
    }

    /**
     * The limit of the whole machine: the lower one of {@code pid_max} and {@code threads-max}.
     *
     * @return empty if {@code /proc} does not tell
     */
    public Optional<TaskLimit> taskLimitOfMachine() {
        return taskLimits.ofMachine();
    }

    /**
     * The PID that a zombie has inside its own PID namespace.
     *
     * @param zombie the zombie
     * @return empty if it is in the namespace of the procfs that this reads, or if the PID cannot
     *     be seen
     */
    public OptionalLong innerPid(Zombie zombie) {
        ZombieFacts own = new ZombieReader(proc, cgroups).read(zombie);
        return own.nsPids().size() > 1 ? own.innermostPid() : OptionalLong.empty();
    }

    /**
     * The PID that a living process has inside its own PID namespace.
     *
     * @param pid a process ID
     * @return empty if it is in the namespace of the procfs that this reads, or if the PID cannot
     *     be seen
     */
    public OptionalLong innerPid(long pid) {
        List<Long> pids =
                proc.status(pid).map(status -> status.numbers("NSpid")).orElse(List.of());
        return pids.size() > 1 ? OptionalLong.of(pids.get(pids.size() - 1)) : OptionalLong.empty();
    }

    /**
     * The process that has a thread with this ID.
     *
     * @param tid the thread ID
     * @return empty if there is no such thread, or if the number is the PID of a process
     */
    public OptionalLong processOfThread(long tid) {
        return proc.status(tid)
                .flatMap(status -> status.number("Tgid"))
                .filter(tgid -> tgid != tid)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private Diagnosis diagnose(Alike group, List<Zombie> all, ProcessTable table) {
        List<Zombie> alike = group.zombies();
        ZombieFacts own = group.own();
        Optional<ParentFacts> parent = group.parent();
        Zombie zombie = alike.get(0);
        long parentPid = zombie.parentPid();
        List<Zombie> siblings =
                all.stream().filter(z -> z.parentPid() == parentPid).toList();
        Optional<Placement> ofParent = placement(parentPid);
        Optional<Placement> placement = placement(zombie.pid(), own, ofParent);
        Optional<EndingInit> ending = new EndingInits(proc).of(own, table);
        Optional<HeldOutput> held = parent.flatMap(facts -> new HeldOutputs(proc, looks).of(own, facts, table));
        Situation situation =
                new Situation(zombie, own, parent, ending, held, placement, List.copyOf(alike), siblings.size());
        return new Diagnosis(
                zombie,
                alike,
                ending.map(init -> ancestor(init.stat())),
                ancestry(parentPid),
                parent.map(Diagnoser::condition),
                placement,
                ofParent.filter(place -> !placement.equals(Optional.of(place))),
                ZombieCrowd.of(siblings),
                headroom(zombie, placement, parent),
                Rules.find(situation));
    }

    /** Cgroup version 1 shows an ended process in the root cgroup. */
    private Optional<Placement> placement(long pid, ZombieFacts own, Optional<Placement> ofParent) {
        return own.placement()
                .filter(place -> !place.cgroup().equals("/"))
                .map(place -> withMonitor(place, pid))
                .or(() -> ofParent)
                .or(own::placement);
    }

    /** The same place, with the container that the engine's monitor names if the cgroup names none. */
    private Placement withMonitor(Placement place, long pid) {
        boolean isKnown = place.container()
                .filter(container -> container.engine() != Container.Engine.UNKNOWN)
                .isPresent();
        return isKnown
                ? place
                : monitors.of(pid)
                        .map(container -> new Placement(place.cgroup(), place.unit(), List.of(container)))
                        .orElse(place);
    }

    private static ParentCondition condition(ParentFacts facts) {
        ParentState state = facts.condition();
        return new ParentCondition.Builder(facts.program().runtime())
                .sigchld(state.sigchld())
                .sigchldBlocked(state.sigchldBlocked())
                .stopped(state.stopped())
                .frozen(state.frozen())
                .uninterruptible(state.uninterruptible())
                .wchan(state.wchan())
                .waiting(state.waiting())
                .tracer(state.tracer())
                .namespaceInit(state.namespaceInit())
                .build();
    }

    private Headroom headroom(Zombie zombie, Optional<Placement> placement, Optional<ParentFacts> parent) {
        List<ProcCgroup> own = cgroups.of(zombie.pid());
        boolean isShown = own.stream()
                .anyMatch(group ->
                        placement.filter(p -> p.cgroup().equals(group.path())).isPresent());
        boolean mayReadLimits = parent.filter(facts -> !facts.mayHoldLocks()).isPresent();
        return headrooms.of(isShown ? own : cgroups.of(zombie.parentPid()), zombie.parentPid(), mayReadLimits);
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
                stat.isUninterruptible()
                        ? List.of()
                        : looks.at(() -> Optional.of(proc.commandLine(pid))).orElse(List.of()),
                proc.status(pid)
                        .flatMap(status -> status.number("Uid"))
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                proc.owner(pid));
    }
}
