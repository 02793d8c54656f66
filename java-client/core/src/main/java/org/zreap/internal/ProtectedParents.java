// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.util.HashSet;
import java.util.Set;
import org.zreap.Target;
import org.zreap.Zombie;

/**
 * Processes that are to be left alone, and so their zombies too.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param pids their PIDs
 */
public record ProtectedParents(Set<Long> pids) {

    /** Nobody is protected. */
    public static final ProtectedParents NONE = new ProtectedParents(Set.of());

    /** Copies the set. */
    public ProtectedParents {
        pids = Set.copyOf(pids);
    }

    /**
     * These and one more.
     *
     * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link Target#MAX_PID}
     */
    public ProtectedParents with(long pid) {
        Set<Long> more = new HashSet<>(pids);
        more.add(Target.ofPid(pid).pid());
        return new ProtectedParents(more);
    }

    /** Whether the parent of a zombie is among them. */
    public boolean protects(Zombie zombie) {
        return pids.contains(zombie.parentPid());
    }
}
