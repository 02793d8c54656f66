// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.zreap.ProcessIdentity;
import org.zreap.Target;
import org.zreap.Zombie;

/**
 * Processes that zreap leaves alone, together with their zombies.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param parents the processes; without a start time, the process that has the PID now
 */
public record ProtectedParents(Set<Target> parents) {

    /** Nobody is protected. */
    public static final ProtectedParents NONE = new ProtectedParents(Set.of());

    /** Copies the set. */
    public ProtectedParents {
        parents = Set.copyOf(parents);
    }

    /** These and one more. */
    public ProtectedParents with(Target parent) {
        Set<Target> more = new HashSet<>(parents);
        more.add(parent);
        return new ProtectedParents(more);
    }

    /**
     * Whether the parent of a zombie is among them, or may be.
     *
     * @param zombie the zombie
     * @param identify the process that has a PID now, if it can be seen
     */
    public boolean protects(Zombie zombie, LongFunction<Optional<ProcessIdentity>> identify) {
        return parents.stream()
                .filter(parent -> parent.pid() == zombie.parentPid())
                .anyMatch(parent -> parent.start().isEmpty()
                        || identify.apply(parent.pid())
                                .filter(now -> !now.equals(parent))
                                .isEmpty());
    }
}
