// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Numbers over the last time, in steps: of each step it keeps the highest number.
 *
 * <p>Not thread-safe.
 *
 * @param <K> what has a number
 */
public final class Trend<K> {

    private final int steps;
    private final long stepNanos;
    private final int mostKeys;
    private final Deque<Step<K>> last = new ArrayDeque<>();
    private long lastStep;

    private static final class Step<K> {
        private final Map<K, Integer> highest = new HashMap<>();
        private boolean isSeen;
    }

    /**
     * A trend without numbers.
     *
     * @param steps how many steps it keeps
     * @param step the length of a step
     * @param mostKeys how many numbers it keeps of a step, the highest ones
     */
    public Trend(int steps, Duration step, int mostKeys) {
        this.steps = steps;
        this.stepNanos = step.toNanos();
        this.mostKeys = mostKeys;
    }

    /** Notes the numbers of a look. What has none has 0. */
    public void note(Map<K, Integer> numbers, long nanos) {
        long step = Math.floorDiv(nanos, stepNanos);
        if (last.isEmpty() || step - lastStep >= steps) {
            last.clear();
            lastStep = step - 1;
        }
        for (; lastStep < step; lastStep++) {
            last.addLast(new Step<>());
        }
        while (last.size() > steps) {
            last.removeFirst();
        }
        Step<K> now = last.getLast();
        now.isSeen = true;
        numbers.forEach((key, number) -> now.highest.merge(key, number, Math::max));
        if (now.highest.size() > mostKeys) {
            Set<K> kept = now.highest.entrySet().stream()
                    .sorted(Map.Entry.<K, Integer>comparingByValue(Comparator.reverseOrder()))
                    .limit(mostKeys)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            now.highest.keySet().retainAll(kept);
        }
    }

    /** The numbers of a key, the oldest first; empty for steps without a look. */
    public List<OptionalInt> of(K key) {
        List<OptionalInt> known = new ArrayList<>(Collections.nCopies(steps - last.size(), OptionalInt.empty()));
        last.forEach(step ->
                known.add(step.isSeen ? OptionalInt.of(step.highest.getOrDefault(key, 0)) : OptionalInt.empty()));
        return known;
    }

    /** All that has a number above 0 in any step. */
    public Set<K> keys() {
        return last.stream().flatMap(step -> step.highest.keySet().stream()).collect(Collectors.toSet());
    }
}
