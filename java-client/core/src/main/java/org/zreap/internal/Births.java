// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.zreap.ProcessIdentity;
import org.zreap.Zombie;

/**
 * Sees which zombies of a listing are new. It misses zombies that come and go between two listings.
 *
 * <p>Not thread-safe.
 */
public final class Births {

    private Set<ProcessIdentity> known = Set.of();
    private boolean isFirst = true;

    /**
     * What is new in a listing.
     *
     * @param born the zombies that the listing before did not have
     * @param isFirst whether there was none before, so that all zombies are new
     * @param isAny whether any zombies came or went
     */
    public record Change(Set<ProcessIdentity> born, boolean isFirst, boolean isAny) {

        /** How many of these zombies came after the first listing. */
        public long countOf(List<Zombie> zombies) {
            return isFirst
                    ? 0
                    : zombies.stream()
                            .filter(zombie -> born.contains(zombie.identity()))
                            .count();
        }
    }

    /** Compares a listing with the one before. */
    public Change note(List<Zombie> zombies) {
        Set<ProcessIdentity> seen = new HashSet<>(zombies.size() * 2);
        zombies.forEach(zombie -> seen.add(zombie.identity()));
        Set<ProcessIdentity> born = new HashSet<>(seen);
        born.removeAll(known);
        Change change = new Change(born, isFirst, !seen.equals(known));
        known = seen;
        isFirst = false;
        return change;
    }
}
