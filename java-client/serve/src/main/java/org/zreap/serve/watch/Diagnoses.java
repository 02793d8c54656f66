// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.zreap.ProcessIdentity;
import org.zreap.Zombie;
import org.zreap.diagnosis.Diagnosis;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.NextStep;

/**
 * Finds out why zombies are there, and remembers it for five minutes. It diagnoses a bounded number
 * in each look; the others have their turn in the next.
 *
 * <p>Not thread-safe.
 */
final class Diagnoses {

    /** A diagnosis reads several files for each zombie. */
    static final int MOST_IN_A_LOOK = 500;

    private static final long MEMORY = Duration.ofMinutes(5).toNanos();

    private record Seen(Finding finding, long nanos) {}

    private final Machine machine;
    private final Map<ProcessIdentity, Seen> seen = new HashMap<>();
    private int left = MOST_IN_A_LOOK;

    Diagnoses(Machine machine) {
        this.machine = machine;
    }

    /** Whether zreap why lets zreap take such a zombie: it neither says "do not reap" nor names another step. */
    static boolean mayBeReaped(Finding finding) {
        return finding.now().action() == NextStep.Action.REAP || finding.now().action() == NextStep.Action.NUDGE;
    }

    /** Begins a look. */
    void begin(Set<ProcessIdentity> there, long nanos) {
        left = MOST_IN_A_LOOK;
        seen.entrySet()
                .removeIf(entry -> !there.contains(entry.getKey())
                        || nanos - entry.getValue().nanos() > MEMORY);
    }

    /** Whether this look has come to its bound. */
    boolean isExhausted() {
        return left == 0;
    }

    /** The cause of a zombie, as far as it is known. */
    Optional<Finding> known(Zombie zombie) {
        return Optional.ofNullable(seen.get(zombie.identity())).map(Seen::finding);
    }

    /** Learns the causes of zombies that it does not know yet, within its bound. */
    void learn(List<Zombie> zombies, List<Zombie> all, long nanos) {
        List<Zombie> unknown = zombies.stream()
                .filter(zombie -> !seen.containsKey(zombie.identity()))
                .toList();
        refresh(unknown, all, nanos);
    }

    /** Looks anew at zombies, within its bound, and gives those that it has looked at. */
    List<Zombie> refresh(List<Zombie> zombies, List<Zombie> all, long nanos) {
        List<Zombie> some = new ArrayList<>(zombies.subList(0, Math.min(left, zombies.size())));
        left -= some.size();
        if (!some.isEmpty()) {
            some.forEach(zombie -> seen.remove(zombie.identity()));
            for (Diagnosis diagnosis : machine.diagnose(some, all)) {
                diagnosis.alike().forEach(zombie -> seen.put(zombie.identity(), new Seen(diagnosis.finding(), nanos)));
            }
        }
        return some;
    }
}
