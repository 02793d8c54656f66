// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.zreap.Zombie;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.internal.Births;
import org.zreap.serve.records.Entries;

/**
 * What a look at the zombies saw.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param families the zombies by parent, the parents with the most zombies first
 * @param births which zombies are new
 * @param limits the PID limits of the machine, and of the cgroups of the parents with the most
 *     zombies and of their zombies
 * @param scan how long it took to list the zombies and to read their parents
 * @param taken how many zombies the rules and emergencies have taken since the start
 */
public record Look(
        List<Family> families, Births.Change births, Collection<TaskLimit> limits, Duration scan, long taken) {

    /** Copies the collections. */
    public Look {
        families = List.copyOf(families);
        limits = List.copyOf(limits);
    }

    /**
     * The zombies of one parent.
     *
     * @param parent the parent
     * @param zombies its zombies
     */
    public record Family(Entries.Parent parent, List<Zombie> zombies) {}
}
