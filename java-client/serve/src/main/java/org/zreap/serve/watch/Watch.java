// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zreap.ProcessIdentity;
import org.zreap.Zombie;
import org.zreap.ZreapException;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.internal.Births;
import org.zreap.serve.policy.Policy;
import org.zreap.serve.policy.Rule;
import org.zreap.serve.records.Entries;
import org.zreap.serve.records.Recorder;

/**
 * Looks at the zombies and does what the policy says. The caller decides when: each {@link #tick}
 * says how long to wait for the next one.
 *
 * <p>Not thread-safe: one thread calls it.
 */
public final class Watch {

    /** The longest time between two looks at the room for PIDs. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** The time until the module is tried again. */
    private static final long RETRY_NANOS = Duration.ofSeconds(5).toNanos();

    private final Machine machine;
    private final ServiceClock clock;
    private final Recorder record;
    private final Runnable heartbeat;
    private final Births births = new Births();
    private final BirthRates rates = new BirthRates();
    private final Diagnoses diagnoses;
    private final Judge judge;
    private final Episodes episodes = new Episodes();
    private final RuleActs acts;
    private final Emergencies emergencies;
    private final Pacer pacer;
    private final Shortage shortage;
    private final List<LookListener> listeners = new ArrayList<>();
    private Policy policy;
    private Optional<String> outage = Optional.empty();
    private long retryNanos;
    private int zombies;
    private int parents;

    /**
     * Watches a machine.
     *
     * @param machine the machine
     * @param clock the clocks
     * @param record where it writes down what it sees and does
     * @param policy what it may do
     * @param file what was done before a crash
     * @param heartbeat is run again and again while a look takes long
     */
    public Watch(
            Machine machine,
            ServiceClock clock,
            Recorder record,
            Policy policy,
            ProgressFile file,
            Runnable heartbeat) {
        this.machine = machine;
        this.clock = clock;
        this.record = record;
        this.policy = policy;
        this.heartbeat = heartbeat;
        this.diagnoses = new Diagnoses(machine);
        this.judge = new Judge(machine, diagnoses);
        this.acts = new RuleActs(machine, clock, record, judge, diagnoses, episodes, file);
        this.emergencies = new Emergencies(machine, clock, record, judge, diagnoses, episodes);
        this.pacer = new Pacer(clock.nanos());
        this.shortage = new Shortage(machine);
        this.retryNanos = clock.nanos();
    }

    /** Goes by another policy from now on. */
    public void setPolicy(Policy next) {
        policy = next;
        acts.begin(next);
        episodes.clear();
    }

    /** Tells a listener of each look from now on. */
    public void listen(LookListener listener) {
        listeners.add(listener);
    }

    /** Looks if it is time to. Gives how long to wait until the next call. */
    public Duration tick() {
        heartbeat.run();
        machine.keepReady();
        long nanos = clock.nanos();
        if (outage.isPresent() ? retryNanos - nanos <= 0 : pacer.isDue(nanos) || shortage.isNew()) {
            try {
                look();
                end(outage);
            } catch (ZreapException e) {
                begin(e);
            }
        }
        Duration wait = outage.isPresent()
                ? Duration.ofNanos(Math.max(0, retryNanos - clock.nanos()))
                : pacer.untilDue(clock.nanos());
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    /** A line for people: what there is now, and what was done. */
    public String status() {
        return outage.orElseGet(
                () -> "zombies: " + zombies + ", parents: " + parents + ", taken since the start: " + taken());
    }

    /** How many zombies the rules and emergencies have taken since the start. */
    private long taken() {
        return acts.taken() + emergencies.taken();
    }

    private void begin(ZreapException e) {
        retryNanos = clock.nanos() + RETRY_NANOS;
        String text = String.valueOf(e.getMessage());
        listeners.forEach(listener -> listener.failed(clock.instant(), text));
        if (!outage.equals(Optional.of(text))) {
            record.add(Entries.service(clock.instant(), "outage", text));
            outage = Optional.of(text);
        }
    }

    private void end(Optional<String> former) {
        if (former.isPresent()) {
            record.add(Entries.service(clock.instant(), "outage-over", "zombies can be listed again"));
            outage = Optional.empty();
        }
    }

    private void look() {
        long begin = clock.nanos();
        List<Zombie> all = machine.zombies();
        long nanos = clock.nanos();
        Births.Change change = births.note(all);
        rates.note(all, change, nanos);
        Set<ProcessIdentity> there = all.stream().map(Zombie::identity).collect(Collectors.toSet());
        diagnoses.begin(there, nanos);
        judge.begin(there);
        LookLimits limits = new LookLimits(machine);
        List<Crowd> crowds = crowds(all, limits, nanos);
        Duration scan = Duration.ofNanos(clock.nanos() - begin);
        zombies = all.size();
        parents = crowds.size();
        acts.forget(
                there,
                crowds.stream().flatMap(crowd -> crowd.identity().stream()).collect(Collectors.toSet()),
                nanos);
        // Topics of emergencies have the PID 0.
        episodes.forget(
                Stream.concat(
                                Stream.of(0L),
                                crowds.stream().map(crowd -> crowd.parent().pid()))
                        .collect(Collectors.toSet()),
                nanos);
        long before = taken();
        Collection<TaskLimit> watched = emergencies.limits(crowds, limits);
        boolean isTight = emergencies.check(policy, crowds, watched, all);
        for (Crowd crowd : crowds) {
            heartbeat.run();
            if (!judge.isProtected(policy.protection(), crowd)) {
                for (Map.Entry<Rule, List<Zombie>> one :
                        judge.assign(policy.rules(), crowd, all, nanos).entrySet()) {
                    acts.apply(policy, one.getKey(), crowd, one.getValue(), all);
                }
            }
        }
        boolean isBusy = change.isAny() || isTight || diagnoses.isExhausted() || taken() > before;
        pacer.listed(policy.pace(), isBusy, acts.nextDue(), clock.nanos());
        shortage.listed(crowds);
        listeners.forEach(listener -> listener.looked(() -> seen(crowds, change, watched, nanos, scan)));
    }

    private Look seen(
            List<Crowd> crowds, Births.Change births, Collection<TaskLimit> limits, long nanos, Duration scan) {
        return new Look(
                clock.instant(),
                nanos,
                policy,
                crowds.stream()
                        .map(crowd -> new Look.Family(crowd.parent(), crowd.zombies()))
                        .toList(),
                crowds.stream()
                        .limit(Emergencies.WATCHED_PARENTS)
                        .map(crowd -> new Look.Parent(
                                crowd.parent(),
                                crowd.summary(crowd.zombies()),
                                diagnoses.known(crowd.zombies().get(0))))
                        .toList(),
                births,
                List.copyOf(limits),
                scan,
                taken());
    }

    private List<Crowd> crowds(List<Zombie> all, LookLimits limits, long nanos) {
        Optional<TaskLimit> ofMachine = machine.limitOfMachine();
        List<Crowd> crowds = new ArrayList<>();
        for (List<Zombie> group : Crowd.group(all)) {
            Zombie first = group.get(0);
            Entries.Parent parent = machine.parent(first.parentPid()).orElseGet(() -> Crowd.unseen(first));
            crowds.add(new Crowd(
                    parent,
                    group,
                    rates.perMinute(parent.pid(), nanos),
                    () -> Stream.concat(ofMachine.stream(), limits.of(parent).stream())
                            .mapToInt(TaskLimit::roomPercent)
                            .min()));
        }
        return crowds;
    }
}
