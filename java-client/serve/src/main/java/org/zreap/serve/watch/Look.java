// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.zreap.Zombie;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.internal.Births;
import org.zreap.serve.policy.Policy;
import org.zreap.serve.records.Entries;

/**
 * What a look at the zombies saw.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param time when it was
 * @param nanos the same by the clock that only grows
 * @param policy the policy in force
 * @param families the zombies by parent, the parents with the most zombies first
 * @param worst more about the first of these parents
 * @param births which zombies are new
 * @param limits the PID limits of the machine, and of the cgroups of the parents with the most
 *     zombies and of their zombies
 * @param scan how long it took to list the zombies and to read their parents
 * @param taken how many zombies the rules and emergencies have taken since the start
 */
public record Look(
        Instant time,
        long nanos,
        Policy policy,
        List<Family> families,
        List<Parent> worst,
        Births.Change births,
        List<TaskLimit> limits,
        Duration scan,
        long taken) {

    /** Copies the lists. */
    public Look {
        families = List.copyOf(families);
        worst = List.copyOf(worst);
        limits = List.copyOf(limits);
    }

    /** How many zombies there were. */
    public int zombies() {
        return families.stream().mapToInt(family -> family.zombies().size()).sum();
    }

    /**
     * The zombies of one parent.
     *
     * @param parent the parent
     * @param zombies its zombies
     */
    public record Family(Entries.Parent parent, List<Zombie> zombies) {}

    /**
     * A parent with its zombies.
     *
     * @param parent the parent
     * @param crowd its zombies
     * @param finding the cause of one of them, if a rule asked for it
     */
    public record Parent(Entries.Parent parent, Entries.Crowd crowd, Optional<Finding> finding) {}
}
