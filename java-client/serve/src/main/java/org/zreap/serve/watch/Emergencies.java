// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zreap.ProcessIdentity;
import org.zreap.ReapReport;
import org.zreap.ReapResult;
import org.zreap.Zombie;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.serve.policy.Action;
import org.zreap.serve.policy.Emergency;
import org.zreap.serve.policy.Mode;
import org.zreap.serve.policy.Policy;
import org.zreap.serve.records.Entries;
import org.zreap.serve.records.Recorder;

/**
 * Sees when a limit of PIDs is nearly reached because of zombies, and sweeps the parents that have
 * the most of them. It starts no process and no thread.
 *
 * <p>Not thread-safe.
 */
final class Emergencies {

    /** The name that stands for this in the record. */
    static final String RULE = "emergency";

    /** The parents with the most zombies, whose limits it reads in each look. */
    static final int WATCHED_PARENTS = 32;

    private static final int PERCENT = 100;

    private final Machine machine;
    private final ServiceClock clock;
    private final Recorder record;
    private final Judge judge;
    private final Diagnoses diagnoses;
    private final Episodes episodes;
    private long taken;

    Emergencies(
            Machine machine, ServiceClock clock, Recorder record, Judge judge, Diagnoses diagnoses, Episodes episodes) {
        this.machine = machine;
        this.clock = clock;
        this.record = record;
        this.judge = judge;
        this.diagnoses = diagnoses;
        this.episodes = episodes;
    }

    /** How many zombies it has taken. */
    long taken() {
        return taken;
    }

    /** Judges these limits, and acts where the policy says so. Gives whether a limit is nearly reached. */
    boolean check(Policy policy, List<Crowd> crowds, Collection<TaskLimit> limits, List<Zombie> all) {
        List<TaskLimit> tight = limits.stream()
                .filter(limit -> isTight(limit, policy.emergency()))
                .toList();
        for (TaskLimit limit : tight) {
            List<Zombie> below =
                    all.stream().filter(zombie -> isBelow(limit, zombie)).toList();
            long needed = limit.current() - threshold(limit, policy.emergency()) + 1;
            if (below.size() < needed) {
                tell(
                        limit,
                        below.size(),
                        "zombies are not the reason: without them the use would still be over "
                                + policy.emergency().above() + "%");
            } else if (!policy.emergency().acts() || policy.mode() != Mode.ACT) {
                tell(limit, below.size(), "zombies are the reason; the policy does not let zreap act on it");
            } else {
                tell(limit, below.size(), "zombies are the reason; zreap sweeps the parents that have the most");
                relieve(policy, crowds, below, needed, all);
            }
        }
        return !tight.isEmpty();
    }

    /** The limits of the machine and of the parents with the most zombies, and of those zombies. */
    Collection<TaskLimit> limits(List<Crowd> crowds, LookLimits looked) {
        Map<Optional<String>, TaskLimit> limits = new LinkedHashMap<>();
        machine.limitOfMachine().ifPresent(limit -> limits.put(limit.cgroup(), limit));
        crowds.stream()
                .limit(WATCHED_PARENTS)
                .flatMap(crowd -> {
                    Zombie first = crowd.zombies().get(0);
                    return Stream.of(looked.of(crowd.parent()), looked.of(first, judge.place(first)));
                })
                .flatMap(List::stream)
                .forEach(limit -> limits.putIfAbsent(limit.cgroup(), limit));
        return limits.values();
    }

    private static boolean isTight(TaskLimit limit, Emergency emergency) {
        return limit.max().isPresent() && limit.current() >= threshold(limit, emergency);
    }

    private static long threshold(TaskLimit limit, Emergency emergency) {
        return Math.max(1, limit.max().orElseThrow() * emergency.above() / PERCENT);
    }

    private boolean isBelow(TaskLimit limit, Zombie zombie) {
        return limit.cgroup().isEmpty()
                || judge.place(zombie)
                        .filter(place -> place.cgroup().equals(limit.cgroup().get())
                                || place.cgroup().startsWith(limit.cgroup().get() + "/"))
                        .isPresent();
    }

    private void tell(TaskLimit limit, int zombies, String text) {
        Episodes.Topic topic = new Episodes.Topic(RULE, 0, limit.cgroup().orElse("") + " " + text);
        if (episodes.isNew(topic, zombies, clock.nanos())) {
            record.add(Entries.emergency(clock.instant(), limit, zombies, text));
        }
    }

    private void relieve(Policy policy, List<Crowd> crowds, List<Zombie> below, long needed, List<Zombie> all) {
        Map<Long, List<Zombie>> byParent = below.stream().collect(Collectors.groupingBy(Zombie::parentPid));
        long missing = needed;
        for (Crowd crowd : crowds) {
            if (missing <= 0) {
                return;
            }
            List<Zombie> zombies = byParent.getOrDefault(crowd.parent().pid(), List.of());
            if (!zombies.isEmpty() && crowd.identity().isPresent()) {
                missing -= sweep(policy, crowd, zombies, all);
            }
        }
    }

    private int sweep(Policy policy, Crowd crowd, List<Zombie> zombies, List<Zombie> all) {
        if (judge.isProtected(policy.protection(), crowd)) {
            return 0;
        }
        List<Zombie> old = zombies.stream()
                .filter(zombie -> zombie.spared().isEmpty()
                        && zombie.age()
                                .filter(age -> age.compareTo(policy.emergency().minAge()) >= 0)
                                .isPresent()
                        && !judge.isProtected(policy.protection(), zombie))
                .toList();
        // What zreap why calls "do not reap" stays, in an emergency too.
        Map<ProcessIdentity, Zombie> right = diagnoses.refresh(old, all, clock.nanos()).stream()
                .filter(zombie ->
                        diagnoses.known(zombie).filter(Diagnoses::mayBeReaped).isPresent())
                .collect(Collectors.toMap(Zombie::identity, Function.identity()));
        if (right.isEmpty()) {
            return 0;
        }
        ReapReport report =
                machine.sweep(crowd.identity().orElseThrow(), policy.emergency().minAge(), right.keySet());
        List<ReapResult.Done> done = report.done();
        done.forEach(result -> write(crowd, right, result));
        report.notDone().values().forEach(refused -> leave(crowd, refused));
        taken += done.size();
        return done.size();
    }

    private void leave(Crowd crowd, List<ReapResult> refused) {
        ReapResult first = refused.get(0);
        Episodes.Topic topic = new Episodes.Topic(RULE, crowd.parent().pid(), first.word());
        if (episodes.isNew(topic, refused.size(), clock.nanos())) {
            record.add(Entries.left(
                    clock.instant(), RULE, crowd.parent(), refused.size(), Optional.empty(), first.explanation()));
        }
    }

    private void write(Crowd crowd, Map<ProcessIdentity, Zombie> zombies, ReapResult result) {
        Optional<Zombie> zombie = result.process().identity().map(zombies::get);
        if (zombie.isEmpty()) {
            return;
        }
        record.add(new Entries.Step(
                clock.instant(),
                RULE,
                Action.REAP.word(),
                false,
                zombie.get(),
                judge.place(zombie.get()),
                judge.names(zombie.get()),
                crowd.parent(),
                diagnoses.known(zombie.get()),
                crowd.summary(crowd.zombies()),
                true,
                Optional.of(result.word()),
                result.explanation(),
                result.process().status().or(zombie.get()::status),
                true));
    }
}
