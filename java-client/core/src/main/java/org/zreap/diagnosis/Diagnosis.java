// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.List;
import java.util.Optional;
import org.zreap.Zombie;

/**
 * All that zreap found out about a zombie.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param zombie the zombie
 * @param alike the zombies for which this whole diagnosis is true, with this one
 * @param endingInit process 1 of the zombie's PID namespace, if it has ended and cannot go before
 *     the zombie does
 * @param ancestry its parent, that process's parent and so on, up to the init of the PID namespace;
 *     empty if the parent is outside of the namespace or hidden
 * @param parent what its parent is doing, if it can be seen
 * @param placement the cgroup, unit and containers of the zombie; those of its parent if
 *     {@code /proc} does not show the zombie's
 * @param parentPlacement those of its parent, if they differ
 * @param siblings the zombies of that parent, with this one
 * @param headroom how many processes there is room for where the zombie is
 * @param finding the cause, the fixes and what to do now
 */
public record Diagnosis(
        Zombie zombie,
        List<Zombie> alike,
        Optional<Ancestor> endingInit,
        List<Ancestor> ancestry,
        Optional<ParentCondition> parent,
        Optional<Placement> placement,
        Optional<Placement> parentPlacement,
        ZombieCrowd siblings,
        Headroom headroom,
        Finding finding) {

    /**
     * Copies the lists.
     *
     * @param zombie the zombie
     * @param alike the zombies for which this whole diagnosis is true
     * @param endingInit process 1 that cannot go before the zombie does
     * @param ancestry its parent, the parent of that and so on
     * @param parent what its parent is doing
     * @param placement the cgroup, unit and containers of the zombie
     * @param parentPlacement those of its parent
     * @param siblings the zombies of that parent
     * @param headroom how many processes there is room for
     * @param finding the cause, the fixes and what to do now
     */
    public Diagnosis {
        alike = List.copyOf(alike);
        ancestry = List.copyOf(ancestry);
    }
}
