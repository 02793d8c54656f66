// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.zreap.ProcessIdentity;
import org.zreap.Zombie;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Placement;
import org.zreap.engines.ContainerNames;
import org.zreap.serve.policy.Glob;
import org.zreap.serve.policy.Match;
import org.zreap.serve.policy.Protection;
import org.zreap.serve.policy.Rule;
import org.zreap.serve.records.Entries;

/**
 * Says which rule is for which zombie.
 *
 * <p>Not thread-safe.
 */
final class Judge {

    /** Whether a rule is for a zombie. */
    private enum Answer {
        YES,
        NO,
        /** Its cause is not known yet. No later rule may have it before that is known. */
        LATER
    }

    private final Machine machine;
    private final Diagnoses diagnoses;

    /** A zombie never changes its cgroup. */
    private final Map<ProcessIdentity, Optional<Placement>> places = new HashMap<>();

    Judge(Machine machine, Diagnoses diagnoses) {
        this.machine = machine;
        this.diagnoses = diagnoses;
    }

    /** Begins a look. */
    void begin(Set<ProcessIdentity> there) {
        places.keySet().retainAll(there);
    }

    /** Where a zombie belongs. */
    Optional<Placement> place(Zombie zombie) {
        return places.computeIfAbsent(zombie.identity(), identity -> machine.placement(zombie));
    }

    /** What the engine calls the container of a zombie. */
    ContainerNames names(Zombie zombie) {
        return place(zombie).flatMap(Placement::container).map(machine::names).orElse(ContainerNames.NONE);
    }

    /** Whether the policy protects a parent, or may: a parent that cannot be seen may be any. */
    boolean isProtected(Protection protection, Crowd crowd) {
        Entries.Parent parent = crowd.parent();
        boolean names = !protection.commands().isEmpty()
                || !protection.units().isEmpty()
                || !protection.users().isEmpty();
        return (names && crowd.identity().isEmpty())
                || fits(protection.commands(), parent.name())
                || fits(protection.users(), parent.user())
                || fits(protection.users(), text(parent.uid()))
                || fits(protection.units(), parent.placement().flatMap(Placement::unit));
    }

    /** Whether the policy protects a zombie for the sake of its own unit. */
    boolean isProtected(Protection protection, Zombie zombie) {
        return !protection.units().isEmpty()
                && fits(protection.units(), place(zombie).flatMap(Placement::unit));
    }

    /** The zombies of a parent by the first rule that is for them. */
    Map<Rule, List<Zombie>> assign(List<Rule> rules, Crowd crowd, List<Zombie> all, long nanos) {
        Map<Rule, List<Zombie>> assigned = new LinkedHashMap<>();
        List<Zombie> rest = crowd.zombies();
        for (Rule rule : rules) {
            if (rest.isEmpty() || !fitsParent(rule.match(), crowd)) {
                continue;
            }
            List<Zombie> candidates = rest.stream()
                    .filter(zombie -> fitsZombie(rule.match(), zombie))
                    .toList();
            if (!rule.match().causes().isEmpty()) {
                diagnoses.learn(candidates, all, nanos);
            }
            Set<ProcessIdentity> decided = new HashSet<>();
            List<Zombie> fitting = new ArrayList<>();
            for (Zombie zombie : candidates) {
                Answer answer = answer(rule.match().causes(), zombie);
                if (answer == Answer.YES) {
                    fitting.add(zombie);
                }
                if (answer != Answer.NO) {
                    decided.add(zombie.identity());
                }
            }
            if (!fitting.isEmpty()) {
                assigned.put(rule, fitting);
            }
            rest = rest.stream()
                    .filter(zombie -> !decided.contains(zombie.identity()))
                    .toList();
        }
        return assigned;
    }

    private Answer answer(Set<Finding.Kind> causes, Zombie zombie) {
        if (causes.isEmpty()) {
            return Answer.YES;
        }
        return diagnoses
                .known(zombie)
                .map(finding -> causes.contains(finding.kind()) ? Answer.YES : Answer.NO)
                .orElse(Answer.LATER);
    }

    private static boolean fitsParent(Match match, Crowd crowd) {
        Entries.Parent parent = crowd.parent();
        return crowd.zombies().size() >= match.minCount()
                && crowd.birthsPerMinute() >= match.minBirthsPerMinute()
                && (match.maxRoom().isEmpty()
                        || crowd.roomPercent().stream()
                                .anyMatch(room -> room <= match.maxRoom().getAsInt()))
                && (match.commands().isEmpty() || fits(match.commands(), parent.name()))
                && (match.executables().isEmpty() || fits(match.executables(), parent.executable()))
                && (match.users().isEmpty()
                        || fits(match.users(), parent.user())
                        || fits(match.users(), text(parent.uid())));
    }

    private boolean fitsZombie(Match match, Zombie zombie) {
        if (zombie.age().filter(age -> age.compareTo(match.minAge()) >= 0).isEmpty()) {
            return false;
        }
        if (match.units().isEmpty() && match.engines().isEmpty() && match.pods().isEmpty()) {
            return true;
        }
        Optional<Placement> place = place(zombie);
        return (match.units().isEmpty() || fits(match.units(), place.flatMap(Placement::unit)))
                && (match.engines().isEmpty()
                        || place.stream()
                                .flatMap(one -> one.containers().stream())
                                .anyMatch(container -> match.engines().contains(container.engine())))
                && (match.pods().isEmpty()
                        || place.stream()
                                .flatMap(one -> one.containers().stream())
                                .anyMatch(container -> fits(match.pods(), container.podUid())));
    }

    private static Optional<String> text(OptionalLong uid) {
        return uid.isPresent() ? Optional.of(Long.toString(uid.getAsLong())) : Optional.empty();
    }

    private static boolean fits(List<Glob> globs, Optional<?> text) {
        return text.map(Object::toString)
                .filter(known -> globs.stream().anyMatch(glob -> glob.fits(known)))
                .isPresent();
    }
}
