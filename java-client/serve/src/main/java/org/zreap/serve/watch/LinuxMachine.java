// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zreap.ProcessIdentity;
import org.zreap.ReapReport;
import org.zreap.SweepOptions;
import org.zreap.Zombie;
import org.zreap.Zreap;
import org.zreap.ZreapException;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.diagnosis.Diagnosis;
import org.zreap.diagnosis.Placement;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.engines.ContainerNames;
import org.zreap.engines.EngineState;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.remedy.Ladder;
import org.zreap.remedy.LadderReport;
import org.zreap.serve.policy.Action;
import org.zreap.serve.records.Entries;

/**
 * The machine that the service runs on.
 *
 * <p>Not thread-safe: one thread uses it.
 */
public final class LinuxMachine implements Machine, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LinuxMachine.class);

    /** A parent that becomes another program, mostly gets another name by that. */
    private static final long MEMORY = Duration.ofMinutes(1).toNanos();

    private static final long READY = Duration.ofSeconds(20).toNanos();

    private final Supplier<Zreap> opener;
    private final Diagnoser diagnoser;
    private final ProcFs proc;
    private final EngineState engines;
    private final Map<Long, Seen> parents = new HashMap<>();
    private Optional<Zreap> client = Optional.empty();
    private OptionalLong readyNanos = OptionalLong.empty();

    /** What was read of a parent, and when. */
    private record Seen(Entries.Parent parent, long nanos) {

        boolean isOf(ProcStat now, long nanosNow) {
            return parent.startTicks().equals(OptionalLong.of(now.identity().startTicks()))
                    && parent.name().equals(Optional.of(now.name()))
                    && nanosNow - nanos < MEMORY;
        }
    }

    /**
     * Looks by these.
     *
     * @param opener opens a client of the kernel module
     * @param diagnoser finds out why zombies are there
     * @param proc where processes are read
     * @param engines names containers
     */
    public LinuxMachine(Supplier<Zreap> opener, Diagnoser diagnoser, ProcFs proc, EngineState engines) {
        this.opener = opener;
        this.diagnoser = diagnoser;
        this.proc = proc;
        this.engines = engines;
    }

    /** Loads what a look needs, while threads can be started. */
    public void prepare() {
        keepReady();
        try {
            zombies();
        } catch (ZreapException e) {
            LOG.debug("the first look will say this again", e);
        }
    }

    /** A diagnosis needs a thread; one that is idle lives for a minute. */
    @Override
    public void keepReady() {
        long now = System.nanoTime();
        if (readyNanos.isPresent() && now - readyNanos.getAsLong() < READY) {
            return;
        }
        readyNanos = OptionalLong.of(now);
        try {
            diagnoser.living(ProcessHandle.current().pid(), List.of());
        } catch (ZreapException e) {
            LOG.debug("not ready for a diagnosis", e);
        }
    }

    @Override
    public List<Zombie> zombies() {
        long now = System.nanoTime();
        parents.values().removeIf(seen -> now - seen.nanos() >= MEMORY);
        return zreap().zombies();
    }

    /** The module may come later. A client outlives its unloading: each request opens the module anew. */
    private Zreap zreap() {
        if (client.isEmpty()) {
            client = Optional.of(opener.get());
        }
        return client.get();
    }

    @Override
    public Optional<Entries.Parent> parent(long pid) {
        if (pid == 0) {
            return Optional.empty();
        }
        try {
            return proc.stat(pid).map(stat -> known(pid, stat));
        } catch (ZreapException e) {
            return Optional.empty();
        }
    }

    private Entries.Parent known(long pid, ProcStat stat) {
        long now = System.nanoTime();
        Seen seen = parents.get(pid);
        if (seen == null || !seen.isOf(stat, now)) {
            seen = new Seen(read(pid, stat), now);
            parents.put(pid, seen);
        }
        return seen.parent();
    }

    private Entries.Parent read(long pid, ProcStat stat) {
        Optional<Placement> placement = diagnoser.placement(pid);
        return new Entries.Parent(
                pid,
                OptionalLong.of(stat.identity().startTicks()),
                Optional.of(stat.name()),
                proc.executable(pid),
                proc.status(pid)
                        .flatMap(status -> status.number("Uid"))
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                proc.owner(pid),
                placement,
                placement.flatMap(Placement::container).map(this::names).orElse(ContainerNames.NONE));
    }

    @Override
    public Optional<Placement> placement(Zombie zombie) {
        try {
            return diagnoser.placement(zombie);
        } catch (ZreapException e) {
            return Optional.empty();
        }
    }

    @Override
    public ContainerNames names(Container container) {
        return engines.names(container);
    }

    @Override
    public List<Diagnosis> diagnose(Collection<Zombie> zombies, List<Zombie> all) {
        return diagnoser.diagnose(zombies, all);
    }

    @Override
    public List<TaskLimit> limits(long pid) {
        try {
            return pid == 0 ? List.of() : diagnoser.taskLimits(pid);
        } catch (ZreapException e) {
            return List.of();
        }
    }

    @Override
    public Optional<TaskLimit> limitOfMachine() {
        try {
            return diagnoser.taskLimitOfMachine();
        } catch (ZreapException e) {
            return Optional.empty();
        }
    }

    /** It does not wait here for the zombie to go: a later look sees whether it went. */
    @Override
    public void take(Action step, boolean dryRun, List<Zombie> zombies, Consumer<LadderReport> listener) {
        Ladder.Builder ladder = Ladder.builder(zreap()).dryRun(dryRun);
        switch (step) {
            case NUDGE -> ladder.nudge(Duration.ZERO);
            case ADOPT -> ladder.adoptByInit(Duration.ZERO);
            case REAP -> ladder.reap();
            case REPORT -> {
                return;
            }
        }
        ladder.build().climb(zombies, listener);
    }

    @Override
    public ReapReport sweep(ProcessIdentity parent, Duration minAge, Set<ProcessIdentity> zombies) {
        return zreap().sweep(SweepOptions.builder()
                .parent(parent)
                .minAge(minAge)
                .filter(zombie -> zombies.contains(zombie.identity()))
                .build());
    }

    @Override
    public void close() {
        client.ifPresent(Zreap::close);
    }
}
