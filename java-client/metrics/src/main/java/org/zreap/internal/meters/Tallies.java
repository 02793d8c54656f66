// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.meters;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.zreap.Zombie;
import org.zreap.internal.Births;

/**
 * Sorts the zombies of each look into at most so many crowds; {@link Crowd#OTHER} has the rest.
 *
 * <p>Thread-safe.
 */
public final class Tallies implements CrowdMeters.Reader {

    /** After this time without zombies, a crowd leaves its place to another one that wants it. */
    private static final long REST = Duration.ofHours(1).toNanos();

    private final int most;
    private final LongSupplier nanoTime;
    private final Map<Crowd, Tally> tallies = new LinkedHashMap<>(Map.of(Crowd.OTHER, new Tally()));
    private OptionalLong lastNanos = OptionalLong.empty();

    /**
     * Counts.
     *
     * @param most how many crowds there may be at once besides {@link Crowd#OTHER}
     * @param nanoTime the clock
     */
    public Tallies(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /**
     * The zombies of one parent.
     *
     * @param crowd their crowd
     * @param zombies the zombies
     * @param room how many more tasks can start beside the parent; asked for at most once
     */
    public record Family(Crowd crowd, List<Zombie> zombies, Supplier<OptionalLong> room) {}

    /** Notes what a look saw. Places are given in the order of the families. */
    public synchronized void note(List<Family> families, Births.Change births) {
        long now = nanoTime.getAsLong();
        Map<Crowd, List<Family>> byCrowd = new HashMap<>();
        families.forEach(
                family -> byCrowd.computeIfAbsent(placeOf(family.crowd(), byCrowd, now), crowd -> new ArrayList<>())
                        .add(family));
        tallies.forEach((crowd, tally) -> update(tally, byCrowd.getOrDefault(crowd, List.of()), births, now));
        lastNanos = OptionalLong.of(now);
    }

    /** Notes that a look failed. */
    public synchronized void fail() {
        tallies.values().forEach(Tally::forget);
    }

    /** The crowds that have a place, {@link Crowd#OTHER} among them. */
    public synchronized List<Crowd> crowds() {
        return List.copyOf(tallies.keySet());
    }

    @Override
    public synchronized double read(Crowd crowd, ToDoubleFunction<Tally> number) {
        return number.applyAsDouble(tallies.getOrDefault(crowd, new Tally()));
    }

    private Crowd placeOf(Crowd crowd, Map<Crowd, ?> present, long now) {
        if (!tallies.containsKey(crowd)) {
            if (tallies.size() > most) {
                Optional<Crowd> idle = longestIdle(present, now);
                if (idle.isEmpty()) {
                    return Crowd.OTHER;
                }
                tallies.remove(idle.get());
            }
            tallies.put(crowd, new Tally());
        }
        return crowd;
    }

    private Optional<Crowd> longestIdle(Map<Crowd, ?> present, long now) {
        return tallies.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(Crowd.OTHER) && !present.containsKey(entry.getKey()))
                .filter(entry -> idleNanos(entry.getValue(), now) >= REST)
                .max(Comparator.comparingLong(entry -> idleNanos(entry.getValue(), now)))
                .map(Map.Entry::getKey);
    }

    private static long idleNanos(Tally tally, long now) {
        return tally.emptyNanos.isPresent() ? now - tally.emptyNanos.getAsLong() : 0;
    }

    private void update(Tally tally, List<Family> families, Births.Change births, long now) {
        List<Zombie> zombies = families.stream()
                .map(Family::zombies)
                .flatMap(Collection::stream)
                .toList();
        tally.zombies = zombies.size();
        tally.oldestSeconds = zombies.stream()
                .flatMap(zombie -> zombie.age().stream())
                .max(Comparator.<Duration>naturalOrder())
                .map(age -> age.toMillis() / 1000.0)
                .orElse(zombies.isEmpty() ? 0 : Double.NaN);
        tally.room = families.stream()
                .max(Comparator.comparingInt(family -> family.zombies().size()))
                .map(family -> family.room().get())
                .filter(OptionalLong::isPresent)
                .map(room -> (double) room.getAsLong())
                .orElse(Double.NaN);
        if (lastNanos.isPresent()) {
            long born = births.countOf(zombies);
            tally.births += born;
            tally.birthsPerSecond = (double) born
                    / Math.max(1, now - lastNanos.getAsLong())
                    * Duration.ofSeconds(1).toNanos();
        }
        if (!zombies.isEmpty()) {
            tally.emptyNanos = OptionalLong.empty();
        } else if (tally.emptyNanos.isEmpty()) {
            tally.emptyNanos = OptionalLong.of(now);
        }
    }
}
