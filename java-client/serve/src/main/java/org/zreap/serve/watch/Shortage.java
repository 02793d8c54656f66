// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.zreap.diagnosis.TaskLimit;

/**
 * Sees between two listings that PIDs become scarce. It reads a few small files: the machine's
 * limit, and the cgroups of the parents that had the most zombies.
 *
 * <p>Not thread-safe.
 */
final class Shortage {

    /** So many percent less than at the last listing call for the next one. */
    private static final int DROP_PERCENT = 5;

    /** How many cgroups of parents it reads, with those above them. */
    private static final int WATCHED_CGROUPS = 8;

    private final Machine machine;
    private Map<Optional<String>, Integer> rooms = new HashMap<>();
    private Collection<Long> parents = List.of();

    Shortage(Machine machine) {
        this.machine = machine;
    }

    /** Notes the room at a listing. */
    void listed(List<Crowd> crowds) {
        Map<String, Long> byCgroup = new LinkedHashMap<>();
        for (Crowd crowd : crowds) {
            if (byCgroup.size() < WATCHED_CGROUPS) {
                long pid = crowd.parent().pid();
                byCgroup.putIfAbsent(LookLimits.cgroup(pid, crowd.parent().placement()), pid);
            }
        }
        parents = List.copyOf(byCgroup.values());
        rooms = new HashMap<>();
        limits().forEach(limit -> rooms.put(limit.cgroup(), limit.roomPercent()));
    }

    /** Whether there is much less room than at the last listing. */
    boolean isNew() {
        return limits().anyMatch(limit -> {
            Integer before = rooms.get(limit.cgroup());
            return before != null && before - limit.roomPercent() >= DROP_PERCENT;
        });
    }

    private Stream<TaskLimit> limits() {
        return Stream.concat(
                        machine.limitOfMachine().stream(),
                        parents.stream().flatMap(pid -> machine.limits(pid).stream()))
                .filter(limit -> limit.max().isPresent());
    }
}
