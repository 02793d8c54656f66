// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the record short: what stays as it is, is written down once an hour, and before that only if
 * the number of zombies has doubled.
 *
 * <p>Not thread-safe.
 */
final class Episodes {

    private static final long AGAIN = Duration.ofHours(1).toNanos();

    /**
     * What is written down.
     *
     * @param rule the name of the rule
     * @param parent the PID of the parent
     * @param about what is said about it
     */
    record Topic(String rule, long parent, String about) {}

    private record Told(int zombies, long nanos) {}

    private final Map<Topic, Told> told = new HashMap<>();

    /** Whether it is time to write this down; if so, it notes that. */
    boolean isNew(Topic topic, int zombies, long nanos) {
        Told before = told.get(topic);
        boolean isNew = before == null || zombies >= 2 * before.zombies() || nanos - before.nanos() >= AGAIN;
        if (isNew) {
            told.put(topic, new Told(zombies, nanos));
        }
        return isNew;
    }

    /** Forgets all. */
    void clear() {
        told.clear();
    }

    /** Forgets the parents that have no zombies any more, and what it would write down again. */
    void forget(Set<Long> parents, long nanos) {
        told.entrySet()
                .removeIf(entry -> !parents.contains(entry.getKey().parent())
                        || nanos - entry.getValue().nanos() >= AGAIN);
    }
}
