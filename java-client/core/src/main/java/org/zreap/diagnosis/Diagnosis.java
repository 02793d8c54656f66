// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.List;
import java.util.Optional;
import org.zreap.Zombie;

/**
 * All that can be found out about a zombie.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param zombie the zombie
 * @param ancestry its parent, the parent of that and so on, up to the init of the PID namespace; empty if the parent is
 *     outside of the namespace or hidden
 * @param parent what its parent is doing, if it can be seen
 * @param placement the cgroup, unit and container of the parent, if they can be seen
 * @param siblings the zombies of that parent, this one included
 * @param headroom how many processes there is room for
 * @param finding the cause and the fix
 */
public record Diagnosis(
        Zombie zombie,
        List<Ancestor> ancestry,
        Optional<ParentCondition> parent,
        Optional<Placement> placement,
        ZombieCrowd siblings,
        Headroom headroom,
        Finding finding) {

    /**
     * Copies the list.
     *
     * @param zombie the zombie
     * @param ancestry its parent, the parent of that and so on
     * @param parent what its parent is doing
     * @param placement the cgroup, unit and container of the parent
     * @param siblings the zombies of that parent
     * @param headroom how many processes there is room for
     * @param finding the cause and the fix
     */
    public Diagnosis {
        ancestry = List.copyOf(ancestry);
    }
}
