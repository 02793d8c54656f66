// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.zreap.CommandName;
import org.zreap.ProcessIdentity;
import org.zreap.Zombie;
import org.zreap.ZreapException;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Diagnoser;

/**
 * Looks at the zombies when it is asked, but not more often than its caller wants. It sorts them
 * into at most so many crowds; {@link Crowd#OTHER} has the rest.
 *
 * <p>Thread-safe.
 */
final class ZombieWatch {

    private final Supplier<List<Zombie>> source;
    private final Diagnoser diagnoser;
    private final int mostCrowds;
    private final Duration maxAge;
    private final LongSupplier nanoTime;
    private final Consumer<Crowd> listener;

    private final Map<Crowd, Tally> tallies = new LinkedHashMap<>(Map.of(Crowd.OTHER, new Tally()));
    private Set<ProcessIdentity> seen = Set.of();
    private OptionalLong lastTry = OptionalLong.empty();
    private OptionalLong lastSuccess = OptionalLong.empty();
    private double ownRoom = Double.NaN;

    /**
     * Watches.
     *
     * @param source where zombies are listed
     * @param diagnoser tells the containers of parents, and how much room there is
     * @param mostCrowds how many crowds there may be besides {@link Crowd#OTHER}, over all time
     * @param maxAge how long a look counts as fresh
     * @param nanoTime the clock
     * @param listener hears of each new crowd, in the thread that has asked
     */
    ZombieWatch(
            Supplier<List<Zombie>> source,
            Diagnoser diagnoser,
            int mostCrowds,
            Duration maxAge,
            LongSupplier nanoTime,
            Consumer<Crowd> listener) {
        this.source = source;
        this.diagnoser = diagnoser;
        this.mostCrowds = mostCrowds;
        this.maxAge = maxAge;
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    /** What the last looks saw of a crowd. All but the births is NaN if it is unknown. */
    static final class Tally {

        private double zombies;
        private double births;
        private double birthsPerSecond = Double.NaN;
        private double room = Double.NaN;

        double zombies() {
            return zombies;
        }

        /** Since the first look. */
        double births() {
            return births;
        }

        double birthsPerSecond() {
            return birthsPerSecond;
        }

        double room() {
            return room;
        }
    }

    /** The zombies of one parent. */
    private record Family(long parentPid, List<Zombie> zombies) {}

    /** The crowds there have been, {@link Crowd#OTHER} among them. */
    synchronized List<Crowd> crowds() {
        return List.copyOf(tallies.keySet());
    }

    /** A number of a crowd, from a fresh look. */
    double read(Crowd crowd, ToDoubleFunction<Tally> number) {
        look();
        synchronized (this) {
            return number.applyAsDouble(tallies.getOrDefault(crowd, new Tally()));
        }
    }

    /** How many more tasks can start beside this process; NaN if that is unknown. */
    double ownRoom() {
        look();
        synchronized (this) {
            return ownRoom;
        }
    }

    private void look() {
        List<Crowd> before;
        List<Crowd> after;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (lastTry.isPresent()
                    && Duration.ofNanos(now - lastTry.getAsLong()).compareTo(maxAge) < 0) {
                return;
            }
            lastTry = OptionalLong.of(now);
            before = crowds();
            tryLook(now);
            after = crowds();
        }
        // Without the lock: a registry may read a new meter at once, under a lock of its own.
        after.stream().skip(before.size()).forEach(listener);
    }

    private void tryLook(long now) {
        try {
            count(source.get(), now);
            lastSuccess = OptionalLong.of(now);
        } catch (ZreapException e) {
            for (Tally tally : tallies.values()) {
                tally.zombies = Double.NaN;
                tally.birthsPerSecond = Double.NaN;
                tally.room = Double.NaN;
            }
        }
        ownRoom = room(ProcessHandle.current().pid());
    }

    private void count(List<Zombie> zombies, long now) {
        Map<Crowd, List<Family>> crowds = new HashMap<>();
        zombies.stream()
                .collect(Collectors.groupingBy(Zombie::parentPid, LinkedHashMap::new, Collectors.toList()))
                .forEach((parent, children) -> crowds.computeIfAbsent(
                                crowdOf(parent, children.get(0)), crowd -> new ArrayList<>())
                        .add(new Family(parent, children)));
        tallies.forEach((crowd, tally) -> update(tally, crowds.getOrDefault(crowd, List.of()), now));
        seen = zombies.stream().map(Zombie::identity).collect(Collectors.toCollection(HashSet::new));
    }

    private void update(Tally tally, List<Family> families, long now) {
        List<Zombie> zombies = families.stream()
                .map(Family::zombies)
                .flatMap(Collection::stream)
                .toList();
        tally.zombies = zombies.size();
        tally.room = families.stream()
                .max((one, other) ->
                        Integer.compare(one.zombies().size(), other.zombies().size()))
                .map(most -> room(most.parentPid()))
                .orElse(Double.NaN);
        if (lastSuccess.isPresent()) {
            double born = zombies.stream()
                    .filter(zombie -> !seen.contains(zombie.identity()))
                    .count();
            tally.births += born;
            tally.birthsPerSecond = born
                    / Math.max(1, now - lastSuccess.getAsLong())
                    * Duration.ofSeconds(1).toNanos();
        }
    }

    /** Its crowd, which is new if there is room for one. */
    private Crowd crowdOf(long parentPid, Zombie child) {
        Crowd crowd = new Crowd(
                child.parentName()
                        .map(CommandName::toString)
                        .filter(name -> !name.isBlank())
                        .orElse(Crowd.UNKNOWN),
                diagnoser
                        .placement(parentPid)
                        .map(place -> place.container().map(Container::id).orElse(Crowd.NO_CONTAINER))
                        .orElse(Crowd.UNKNOWN));
        if (!tallies.containsKey(crowd)) {
            if (tallies.size() > mostCrowds) {
                return Crowd.OTHER;
            }
            tallies.put(crowd, new Tally());
        }
        return crowd;
    }

    private double room(long pid) {
        OptionalLong room = diagnoser.headroom(pid).room();
        return room.isPresent() ? room.getAsLong() : Double.NaN;
    }
}
