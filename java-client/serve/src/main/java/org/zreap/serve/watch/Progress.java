// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.zreap.ProcessIdentity;
import org.zreap.serve.policy.Action;

/**
 * Which steps were taken for which zombie, and when the next may be. A zombie is known by its PID
 * and start time, so that no other process is taken for it.
 *
 * <p>Not thread-safe.
 */
final class Progress {

    /** What was done for a zombie, and when the next step may be. */
    private static final class Entry {
        private final Set<Action> taken = EnumSet.noneOf(Action.class);
        private long notBefore = Long.MIN_VALUE;
    }

    private final Map<ProcessIdentity, Entry> zombies = new HashMap<>();
    private final Map<ProcessIdentity, Long> nudges = new HashMap<>();

    /** Whether a step was taken for a zombie. */
    boolean hasTaken(ProcessIdentity zombie, Action step) {
        Entry entry = zombies.get(zombie);
        return entry != null && entry.taken.contains(step);
    }

    /** Whether the next step may be taken for a zombie. */
    boolean isDue(ProcessIdentity zombie, long nanos) {
        Entry entry = zombies.get(zombie);
        return entry == null || entry.notBefore <= nanos;
    }

    /** Notes that a step is taken, and when the next may be. */
    void take(ProcessIdentity zombie, Action step, long nextNanos) {
        Entry entry = zombies.computeIfAbsent(zombie, identity -> new Entry());
        entry.taken.add(step);
        entry.notBefore = nextNanos;
    }

    /** Forgets a step, which then is taken again at a time. */
    void repeat(ProcessIdentity zombie, Action step, long nextNanos) {
        Entry entry = zombies.computeIfAbsent(zombie, identity -> new Entry());
        entry.taken.remove(step);
        entry.notBefore = nextNanos;
    }

    /** Lets a zombie rest until a time. */
    void postpone(ProcessIdentity zombie, long nextNanos) {
        zombies.computeIfAbsent(zombie, identity -> new Entry()).notBefore = nextNanos;
    }

    /** When a parent was last nudged. */
    OptionalLong nudged(ProcessIdentity parent) {
        Long nanos = nudges.get(parent);
        return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /** Notes that a parent is nudged. */
    void nudge(ProcessIdentity parent, long nanos) {
        nudges.put(parent, nanos);
    }

    /** Forgets zombies that are gone, and parents that have none any more and were not nudged of late. */
    void forget(Set<ProcessIdentity> there, Set<ProcessIdentity> parents, long nanos) {
        zombies.keySet().retainAll(there);
        long longAgo = nanos - Duration.ofHours(1).toNanos();
        nudges.entrySet().removeIf(entry -> !parents.contains(entry.getKey()) && entry.getValue() < longAgo);
    }

    /** When the next step is due that is not due yet. */
    OptionalLong nextDue(long nanos) {
        return zombies.values().stream()
                .mapToLong(entry -> entry.notBefore)
                .filter(due -> due > nanos)
                .min();
    }

    /** The steps of every zombie, to be kept over a crash. */
    Map<ProcessIdentity, Set<Action>> steps() {
        Map<ProcessIdentity, Set<Action>> steps = new HashMap<>();
        zombies.forEach((zombie, entry) -> {
            if (!entry.taken.isEmpty()) {
                steps.put(zombie, EnumSet.copyOf(entry.taken));
            }
        });
        return steps;
    }

    /** The nudged parents, to be kept over a crash. */
    Set<ProcessIdentity> nudgedParents() {
        return Set.copyOf(nudges.keySet());
    }
}
