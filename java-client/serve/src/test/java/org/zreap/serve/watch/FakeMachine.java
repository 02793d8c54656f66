// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.zreap.CommandName;
import org.zreap.ExitStatus;
import org.zreap.Failure;
import org.zreap.ProcessIdentity;
import org.zreap.ReapReport;
import org.zreap.ReapResult;
import org.zreap.Zombie;
import org.zreap.ZombieState;
import org.zreap.ZreapException;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Diagnosis;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Headroom;
import org.zreap.diagnosis.NextStep;
import org.zreap.diagnosis.Placement;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.diagnosis.ZombieCrowd;
import org.zreap.engines.ContainerNames;
import org.zreap.internal.ProcessFactsBuilder;
import org.zreap.internal.ResultParts;
import org.zreap.internal.ZombieBuilder;
import org.zreap.remedy.LadderReport;
import org.zreap.remedy.Step;
import org.zreap.remedy.StepOutcome;
import org.zreap.serve.policy.Action;
import org.zreap.serve.records.Entries;

/** A machine with clocks of its own, whose parents never wait unless a test says so. */
final class FakeMachine implements Machine, ServiceClock {

    /** What was done to it, a line for each step. */
    final List<String> calls = new ArrayList<>();

    /** The limits of the cgroups of each process. */
    final Map<Long, List<TaskLimit>> limits = new HashMap<>();

    private record Born(ProcessIdentity identity, long parent, long nanos, Optional<ZombieState> spared) {}

    private final Map<ProcessIdentity, Born> zombies = new LinkedHashMap<>();
    private final Map<Long, Entries.Parent> parents = new HashMap<>();
    private final Map<Long, Finding> findings = new HashMap<>();
    private final Map<Long, Placement> places = new HashMap<>();
    private final Map<String, ContainerNames> names = new HashMap<>();
    private Optional<ZreapException> outage = Optional.empty();
    private Optional<String> refusal = Optional.empty();
    private long nextPid = 10_000;
    private int untilBreak = -1;
    private long nanos = Duration.ofDays(1).toNanos();
    private ZonedDateTime now = ZonedDateTime.of(2026, 11, 29, 3, 0, 0, 0, ZoneId.of("Europe/Zurich"));

    /** How often the zombies were listed. */
    int listings;

    /** A parent whose zombies zreap why would let it reap. */
    void parent(long pid, String name, String executable, String user, Optional<Placement> place) {
        parents.put(
                pid,
                new Entries.Parent(
                        pid,
                        OptionalLong.of(pid + 1),
                        Optional.of(CommandName.of(name)),
                        Optional.of(executable),
                        OptionalLong.of(1000),
                        Optional.of(user),
                        place,
                        place.flatMap(Placement::container).map(this::names).orElse(ContainerNames.NONE)));
        place.ifPresent(one -> places.put(pid, one));
        finding(pid, Finding.Kind.NEVER_WAITS, NextStep.Action.REAP);
    }

    void parent(long pid, String name) {
        parent(pid, name, "/usr/bin/" + name, "me", Optional.empty());
    }

    /** An engine names a container, for parents that come later. */
    void name(String container, ContainerNames known) {
        names.put(container, known);
    }

    /** From now on /proc hides this parent. */
    void hide(long pid) {
        parents.remove(pid);
    }

    /** The parent ends, and init waits for its zombies. */
    void ends(long pid) {
        waited(pid);
        parents.remove(pid);
        findings.remove(pid);
        Optional.ofNullable(places.remove(pid))
                .flatMap(Placement::container)
                .ifPresent(container -> names.remove(container.id()));
        limits.remove(pid);
    }

    void finding(long parent, Finding.Kind kind, NextStep.Action action) {
        findings.put(
                parent,
                new Finding(
                        kind,
                        "it never waits",
                        List.of("/proc/" + parent + "/status: SigCgt has no SIGCHLD"),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        new NextStep(
                                action, action == NextStep.Action.LEAVE ? "do not reap: it may wait" : "zreap reap")));
    }

    /** Zombies that come now. */
    List<ProcessIdentity> born(long parent, int number) {
        return born(parent, number, Optional.empty());
    }

    List<ProcessIdentity> born(long parent, int number, Optional<ZombieState> spared) {
        List<ProcessIdentity> born = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            ProcessIdentity identity = new ProcessIdentity(nextPid, nextPid * 10);
            nextPid = nextPid == 4_000_000 ? 10_000 : nextPid + 1;
            zombies.put(identity, new Born(identity, parent, nanos, spared));
            born.add(identity);
        }
        return born;
    }

    /** The parent waits for its zombies. */
    void waited(long parent) {
        zombies.values().removeIf(zombie -> zombie.parent() == parent);
    }

    int count() {
        return zombies.size();
    }

    void advance(Duration time) {
        nanos += time.toNanos();
        now = now.plus(time);
    }

    /** Somebody sets the clock. */
    void setClock(ZonedDateTime time) {
        now = time;
    }

    /** The module goes, or comes back. */
    void outage(boolean isOut) {
        outage = isOut
                ? Optional.of(new ZreapException(Failure.of("the module is not loaded", "modprobe zreap")))
                : Optional.empty();
    }

    /** The module refuses reaps with this result from now on; empty lets it reap again. */
    void refuse(Optional<String> word) {
        refusal = word;
    }

    /** The next request fails after so many zombies. */
    void breakOff(int after) {
        untilBreak = after;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public ZonedDateTime now() {
        return now;
    }

    @Override
    public void keepReady() {}

    @Override
    public List<Zombie> zombies() {
        listings++;
        if (outage.isPresent()) {
            throw outage.get();
        }
        return zombies.values().stream().map(this::zombie).toList();
    }

    private Zombie zombie(Born born) {
        return new ZombieBuilder(born.identity(), CommandName.of("child"))
                .parentPid(born.parent())
                .parentName(Optional.ofNullable(parents.get(born.parent())).flatMap(Entries.Parent::name))
                .spared(born.spared())
                .uid(OptionalLong.of(1000))
                .age(Optional.of(Duration.ofNanos(nanos - born.nanos())))
                .status(Optional.of(new ExitStatus.Exited(7)))
                .build();
    }

    @Override
    public Optional<Entries.Parent> parent(long pid) {
        return Optional.ofNullable(parents.get(pid));
    }

    @Override
    public Optional<Placement> placement(Zombie zombie) {
        return Optional.ofNullable(places.get(zombie.parentPid()));
    }

    @Override
    public ContainerNames names(Container container) {
        return names.getOrDefault(container.id(), ContainerNames.NONE);
    }

    @Override
    public List<Diagnosis> diagnose(Collection<Zombie> some, List<Zombie> all) {
        Map<Long, List<Zombie>> byParent = new LinkedHashMap<>();
        some.forEach(zombie -> byParent.computeIfAbsent(zombie.parentPid(), pid -> new ArrayList<>())
                .add(zombie));
        return byParent.values().stream()
                .map(alike -> new Diagnosis(
                        alike.get(0),
                        alike,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new ZombieCrowd(alike.size(), Optional.empty(), java.util.OptionalDouble.empty()),
                        new Headroom(
                                Optional.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty()),
                        findings.get(alike.get(0).parentPid())))
                .toList();
    }

    @Override
    public List<TaskLimit> limits(long pid) {
        return limits.getOrDefault(pid, List.of());
    }

    @Override
    public Optional<TaskLimit> limitOfMachine() {
        return limits.getOrDefault(0L, List.of()).stream().findFirst();
    }

    @Override
    public void take(Action step, boolean dryRun, List<Zombie> some, Consumer<LadderReport> listener) {
        calls.add(step.word() + (dryRun ? " dry" : "") + " " + some.get(0).parentPid() + " x" + some.size());
        for (Zombie zombie : some) {
            if (untilBreak == 0) {
                untilBreak = -1;
                ZreapException failure = new ZreapException(Failure.of("the module is not loaded", "modprobe zreap"));
                listener.accept(new LadderReport(zombie, List.of(), false, Optional.of(failure)));
                return;
            }
            untilBreak = Math.max(-1, untilBreak - 1);
            listener.accept(report(step, dryRun, zombie));
        }
    }

    private LadderReport report(Action step, boolean dryRun, Zombie zombie) {
        boolean goes = step == Action.REAP && !dryRun && refusal.isEmpty();
        if (goes) {
            zombies.remove(zombie.identity());
        }
        Optional<ReapResult> result = step == Action.REAP
                ? Optional.of(result(refusal.orElse(dryRun ? "would-reap" : "reaped"), zombie))
                : Optional.empty();
        Step taken = step == Action.REAP ? new Step.Reap() : new Step.Nudge(Duration.ZERO);
        return new LadderReport(
                zombie,
                List.of(new StepOutcome(
                        taken, !dryRun, result.map(ReapResult::explanation).orElse("SIGCHLD sent"), result, goes)),
                goes,
                Optional.empty());
    }

    private static ReapResult result(String word, Zombie zombie) {
        return new ResultParts(
                        word,
                        new ProcessFactsBuilder(zombie.pid())
                                .startTicks(zombie.start())
                                .name(Optional.of(zombie.name()))
                                .status(zombie.status())
                                .build(),
                        0)
                .toResult();
    }

    @Override
    public ReapReport sweep(ProcessIdentity parent, Duration minAge, Set<ProcessIdentity> some) {
        calls.add("sweep " + parent.pid() + " x" + some.size());
        List<ReapResult> results = zombies.values().stream()
                .filter(born -> some.contains(born.identity()))
                .map(born -> result("reaped", zombie(born)))
                .toList();
        zombies.keySet().removeAll(some);
        return new ReapReport(results, Map.of(), List.of(), Duration.ZERO, false);
    }
}
