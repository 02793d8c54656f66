// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.zreap.ProcessFacts;
import org.zreap.ProcessIdentity;
import org.zreap.ReapResult;
import org.zreap.Zombie;
import org.zreap.ZombieState;
import org.zreap.diagnosis.Finding;
import org.zreap.remedy.LadderReport;
import org.zreap.remedy.StepOutcome;
import org.zreap.serve.policy.Action;
import org.zreap.serve.policy.Mode;
import org.zreap.serve.policy.Policy;
import org.zreap.serve.policy.Rule;
import org.zreap.serve.records.Entries;
import org.zreap.serve.records.Recorder;

/**
 * Does what a rule says about the zombies of one parent, and writes down what it does and what it
 * leaves.
 *
 * <p>Not thread-safe.
 */
final class RuleActs {

    /** What is left is diagnosed again after this time. */
    private static final long LEFT_NANOS = Duration.ofMinutes(1).toNanos();

    private final Machine machine;
    private final ServiceClock clock;
    private final Recorder record;
    private final Judge judge;
    private final Diagnoses diagnoses;
    private final Episodes episodes;
    private final ProgressFile file;
    private final Progress progress;

    /** The steps of rules that only ask. A rule that acts must take them all the same. */
    private final Progress rehearsal = new Progress();

    private final Map<String, MinuteCount> spent = new HashMap<>();
    private long taken;

    RuleActs(
            Machine machine,
            ServiceClock clock,
            Recorder record,
            Judge judge,
            Diagnoses diagnoses,
            Episodes episodes,
            ProgressFile file) {
        this.machine = machine;
        this.clock = clock;
        this.record = record;
        this.judge = judge;
        this.diagnoses = diagnoses;
        this.episodes = episodes;
        this.file = file;
        this.progress = file.load(clock.nanos());
    }

    /** Begins to go by a policy. */
    void begin(Policy policy) {
        spent.keySet().retainAll(policy.rules().stream().map(Rule::name).collect(Collectors.toSet()));
    }

    /** Forgets zombies that are gone, and parents that have none any more. */
    void forget(Set<ProcessIdentity> there, Set<ProcessIdentity> parents, long nanos) {
        progress.forget(there, parents, nanos);
        rehearsal.forget(there, parents, nanos);
    }

    /** When the next step is due. */
    OptionalLong nextDue() {
        long now = clock.nanos();
        return LongStream.concat(progress.nextDue(now).stream(), rehearsal.nextDue(now).stream())
                .min();
    }

    private Progress progressOf(Rule rule) {
        return rule.dryRun() ? rehearsal : progress;
    }

    /** How many zombies its steps have taken. */
    long taken() {
        return taken;
    }

    /** Does what a rule says about these zombies, all of the crowd. */
    void apply(Policy policy, Rule rule, Crowd crowd, List<Zombie> zombies, List<Zombie> all) {
        Optional<String> obstacle = obstacle(policy, rule, crowd);
        List<String> steps = rule.steps().stream()
                .filter(step -> step != Action.REPORT)
                .map(Action::word)
                .toList();
        if (episodes.isNew(topic(rule, crowd, "report " + obstacle), zombies.size(), clock.nanos())) {
            record.add(new Entries.Report(
                    clock.instant(), rule.name(), crowd.parent(), crowd.summary(zombies), steps, obstacle));
        }
        if (obstacle.isPresent()) {
            return;
        }
        List<Zombie> unprotected = withoutSpared(policy, rule, crowd, zombies);
        Map<Action, List<Zombie>> byStep = new HashMap<>();
        for (Zombie zombie : unprotected) {
            next(rule, zombie)
                    .ifPresent(step -> byStep.computeIfAbsent(step, none -> new ArrayList<>())
                            .add(zombie));
        }
        for (Action step : rule.steps()) {
            List<Zombie> due = byStep.getOrDefault(step, List.of());
            if (!due.isEmpty()) {
                take(rule, step, crowd, due, all);
            }
        }
    }

    private static Optional<String> obstacle(Policy policy, Rule rule, Crowd crowd) {
        if (rule.steps().stream().allMatch(step -> step == Action.REPORT)) {
            return Optional.of("the rule only reports");
        }
        if (policy.mode() == Mode.REPORT) {
            return Optional.of("the policy has mode: report");
        }
        return crowd.identity().isEmpty() ? Optional.of("the parent cannot be seen") : Optional.empty();
    }

    /** Without those that a sweep would spare now, and those that the policy protects. */
    private List<Zombie> withoutSpared(Policy policy, Rule rule, Crowd crowd, List<Zombie> zombies) {
        List<Zombie> rest = new ArrayList<>();
        Map<String, Integer> reasons = new HashMap<>();
        for (Zombie zombie : zombies) {
            Optional<String> reason = zombie.spared()
                    .map(ZombieState::explanation)
                    .or(() -> judge.isProtected(policy.protection(), zombie)
                            ? Optional.of("the policy protects its unit")
                            : Optional.empty());
            if (reason.isPresent()) {
                reasons.merge(reason.get(), 1, Integer::sum);
            } else {
                rest.add(zombie);
            }
        }
        reasons.forEach((reason, number) -> leave(rule, crowd, number, Optional.empty(), reason));
        return rest;
    }

    private void leave(Rule rule, Crowd crowd, int number, Optional<Finding> finding, String text) {
        String about = "left " + finding.map(one -> one.kind().name()).orElse(text);
        if (episodes.isNew(topic(rule, crowd, about), number, clock.nanos())) {
            record.add(Entries.left(clock.instant(), rule.name(), crowd.parent(), number, finding, text));
        }
    }

    private void leaveOverLimit(Rule rule, Crowd crowd, int number) {
        leave(rule, crowd, number, Optional.empty(), "the rule may take " + rule.limitPerMinute() + " steps a minute");
    }

    private static Episodes.Topic topic(Rule rule, Crowd crowd, String about) {
        return new Episodes.Topic(rule.name(), crowd.parent().pid(), about);
    }

    /** The next step for a zombie, if one is left and due. */
    private Optional<Action> next(Rule rule, Zombie zombie) {
        if (!progressOf(rule).isDue(zombie.identity(), clock.nanos())) {
            return Optional.empty();
        }
        return rule.steps().stream()
                .filter(step -> step != Action.REPORT && !progressOf(rule).hasTaken(zombie.identity(), step))
                .findFirst();
    }

    private void take(Rule rule, Action step, Crowd crowd, List<Zombie> due, List<Zombie> all) {
        if (!rule.schedule().isOpen(clock.now())) {
            leave(rule, crowd, due.size(), Optional.empty(), "the schedule of the rule does not let it act now");
        } else if (step == Action.NUDGE) {
            nudge(rule, crowd, due, all);
        } else {
            takeZombies(rule, step, crowd, due, all);
        }
    }

    /** One SIGCHLD stands for all zombies of a parent. */
    private void nudge(Rule rule, Crowd crowd, List<Zombie> due, List<Zombie> all) {
        ProcessIdentity parent = crowd.identity().orElseThrow();
        long now = clock.nanos();
        long next = now + rule.pause().toNanos();
        boolean isTooSoon = progressOf(rule).nudged(parent).stream()
                .anyMatch(before -> now - before < rule.pause().toNanos());
        if (isTooSoon || !spend(rule, crowd, 1)) {
            return;
        }
        diagnoses.learn(due.subList(0, 1), all, now);
        due.forEach(zombie -> progressOf(rule).take(zombie.identity(), Action.NUDGE, next));
        progressOf(rule).nudge(parent, now);
        carryOut(rule, Action.NUDGE, crowd, due.subList(0, 1), due, next);
    }

    private void takeZombies(Rule rule, Action step, Crowd crowd, List<Zombie> due, List<Zombie> all) {
        long now = clock.nanos();
        long next = now + rule.pause().toNanos();
        List<Zombie> affordable = due.subList(0, Math.min(due.size(), room(rule)));
        if (affordable.size() < due.size()) {
            leaveOverLimit(rule, crowd, due.size() - affordable.size());
        }
        List<Zombie> right = new ArrayList<>();
        Map<Finding, Integer> left = new HashMap<>();
        for (Zombie zombie : diagnoses.refresh(affordable, all, now)) {
            Optional<Finding> finding = diagnoses.known(zombie).filter(one -> isFor(rule, one));
            if (finding.isPresent() && mayTake(rule, finding.get())) {
                right.add(zombie);
            } else if (finding.isPresent()) {
                left.merge(finding.get(), 1, Integer::sum);
                progressOf(rule).postpone(zombie.identity(), Math.max(next, now + LEFT_NANOS));
            }
        }
        left.forEach((finding, number) ->
                leave(rule, crowd, number, Optional.of(finding), finding.now().text()));
        if (right.isEmpty()) {
            return;
        }
        count(rule).add(now, right.size());
        right.forEach(zombie -> progressOf(rule).take(zombie.identity(), step, next));
        carryOut(rule, step, crowd, right, crowd.zombies(), next);
    }

    /** What it did not come to, or what is refused for now, is to be done later. */
    private void carryOut(
            Rule rule, Action step, Crowd crowd, List<Zombie> zombies, List<Zombie> before, long nextNanos) {
        if (step != Action.REAP && !rule.dryRun()) {
            file.save(progress);
        }
        Set<ProcessIdentity> open = zombies.stream().map(Zombie::identity).collect(Collectors.toSet());
        machine.take(step, rule.dryRun(), zombies, report -> {
            Optional<ReapResult> refusal = report.outcomes().stream()
                    .flatMap(one -> one.result().stream())
                    .filter(RuleActs::isForNow)
                    .findFirst();
            if (refusal.isPresent()) {
                leave(rule, crowd, 1, Optional.empty(), refusal.get().explanation());
            } else {
                write(rule, step, crowd, before, report);
            }
            if (report.failure().isEmpty() && refusal.isEmpty()) {
                open.remove(report.zombie().identity());
            }
        });
        open.forEach(zombie -> progressOf(rule).repeat(zombie, step, nextNanos));
    }

    /** Whether the rule is still for a zombie after another look at its cause. */
    private static boolean isFor(Rule rule, Finding finding) {
        return rule.match().causes().isEmpty() || rule.match().causes().contains(finding.kind());
    }

    /** What zreap why calls "do not reap" is left, unless the rule names its cause. */
    private static boolean mayTake(Rule rule, Finding finding) {
        return Diagnoses.mayBeReaped(finding) || rule.match().causes().contains(finding.kind());
    }

    /** A refusal that may be over soon. */
    private static boolean isForNow(ReapResult result) {
        return result instanceof ReapResult.ParentStopped
                || result instanceof ReapResult.ParentBusy
                || result instanceof ReapResult.Busy
                || result instanceof ReapResult.Young;
    }

    private boolean spend(Rule rule, Crowd crowd, int number) {
        if (room(rule) < number) {
            leaveOverLimit(rule, crowd, number);
            return false;
        }
        count(rule).add(clock.nanos(), number);
        return true;
    }

    private int room(Rule rule) {
        return Math.max(0, rule.limitPerMinute() - count(rule).sum(clock.nanos()));
    }

    private MinuteCount count(Rule rule) {
        return spent.computeIfAbsent(rule.name(), name -> new MinuteCount());
    }

    private void write(Rule rule, Action step, Crowd crowd, List<Zombie> before, LadderReport report) {
        Zombie zombie = report.zombie();
        if (report.outcomes().isEmpty() && report.failure().isEmpty()) {
            return; // it went before the step
        }
        Optional<StepOutcome> outcome = report.outcomes().stream().findFirst();
        Optional<ReapResult> result = outcome.flatMap(StepOutcome::result);
        if (report.gone() && step.takesZombie()) {
            taken++;
        }
        record.add(new Entries.Step(
                clock.instant(),
                rule.name(),
                step.word(),
                rule.dryRun(),
                zombie,
                judge.place(zombie),
                judge.names(zombie),
                crowd.parent(),
                diagnoses.known(zombie),
                crowd.summary(before),
                outcome.filter(StepOutcome::taken).isPresent(),
                result.map(ReapResult::word),
                outcome.map(StepOutcome::explanation)
                        .orElseGet(() ->
                                String.valueOf(report.failure().orElseThrow().getMessage())),
                result.map(ReapResult::process).flatMap(ProcessFacts::status).or(zombie::status),
                report.gone()));
    }
}
