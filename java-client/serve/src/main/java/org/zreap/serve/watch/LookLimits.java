// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zreap.Zombie;
import org.zreap.diagnosis.Placement;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.serve.records.Entries;

/**
 * The limits of one look. It reads those of each cgroup once.
 *
 * <p>Not thread-safe.
 */
final class LookLimits {

    private final Machine machine;
    private final Map<String, List<TaskLimit>> byCgroup = new HashMap<>();

    LookLimits(Machine machine) {
        this.machine = machine;
    }

    /** What stands for the cgroup of a process, and for the process itself where that is not known. */
    static String cgroup(long pid, Optional<Placement> place) {
        return place.map(Placement::cgroup).orElseGet(() -> "process " + pid);
    }

    /** The limits of the cgroups of a parent. */
    List<TaskLimit> of(Entries.Parent parent) {
        return of(parent.pid(), parent.placement());
    }

    /** The limits of the cgroups of a zombie, which may have another cgroup than its parent. */
    List<TaskLimit> of(Zombie zombie, Optional<Placement> place) {
        return of(zombie.pid(), place);
    }

    private List<TaskLimit> of(long pid, Optional<Placement> place) {
        return byCgroup.computeIfAbsent(cgroup(pid, place), cgroup -> machine.limits(pid));
    }
}
