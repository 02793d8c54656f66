// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.zreap.ProcessIdentity;
import org.zreap.Zombie;

/**
 * Counts the zombies that come, by their parent. It sees only those that are there when it looks.
 *
 * <p>Not thread-safe.
 */
public final class Births {

    private final Map<Long, MinuteCount> byParent = new HashMap<>();
    private Set<ProcessIdentity> known = new HashSet<>();

    /** Notes the zombies of a look. Gives whether any came or went since the last one. */
    public boolean note(List<Zombie> zombies, long nanos) {
        Set<ProcessIdentity> seen = new HashSet<>(zombies.size() * 2);
        for (Zombie zombie : zombies) {
            seen.add(zombie.identity());
            if (!known.contains(zombie.identity()) && zombie.age().isPresent()) {
                byParent.computeIfAbsent(zombie.parentPid(), pid -> new MinuteCount())
                        .add(nanos - zombie.age().get().toNanos(), 1);
            }
        }
        boolean isChanged = !seen.equals(known);
        known = seen;
        Set<Long> parents = zombies.stream().map(Zombie::parentPid).collect(Collectors.toSet());
        byParent.entrySet()
                .removeIf(entry ->
                        !parents.contains(entry.getKey()) && entry.getValue().sum(nanos) == 0);
        return isChanged;
    }

    /** How many came in the last minute. */
    public int perMinute(long parentPid, long nanos) {
        MinuteCount count = byParent.get(parentPid);
        return count == null ? 0 : count.sum(nanos);
    }
}
