// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.zreap.Zombie;
import org.zreap.internal.Births;

/**
 * Counts the births of the last minute, by parent. A zombie was born when its age says so.
 *
 * <p>Not thread-safe.
 */
public final class BirthRates {

    private final Map<Long, MinuteCount> byParent = new HashMap<>();

    /** Notes the zombies of a look, and which of them are new. */
    public void note(List<Zombie> zombies, Births.Change births, long nanos) {
        for (Zombie zombie : zombies) {
            if (births.born().contains(zombie.identity()) && zombie.age().isPresent()) {
                byParent.computeIfAbsent(zombie.parentPid(), pid -> new MinuteCount())
                        .add(nanos - zombie.age().get().toNanos(), 1);
            }
        }
        Set<Long> parents = zombies.stream().map(Zombie::parentPid).collect(Collectors.toSet());
        byParent.entrySet()
                .removeIf(entry ->
                        !parents.contains(entry.getKey()) && entry.getValue().sum(nanos) == 0);
    }

    /** How many came in the last minute. */
    public int perMinute(long parentPid, long nanos) {
        MinuteCount count = byParent.get(parentPid);
        return count == null ? 0 : count.sum(nanos);
    }
}
