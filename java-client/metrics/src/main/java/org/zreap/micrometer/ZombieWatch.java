// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.zreap.Zombie;
import org.zreap.ZreapException;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.internal.Births;
import org.zreap.internal.meters.Crowd;
import org.zreap.internal.meters.CrowdMeters;
import org.zreap.internal.meters.Tallies;
import org.zreap.internal.meters.Tally;

/**
 * Looks at the zombies when it is asked, but not more often than its caller wants.
 *
 * <p>Thread-safe.
 */
final class ZombieWatch implements CrowdMeters.Reader {

    private final Supplier<List<Zombie>> source;
    private final Diagnoser diagnoser;
    private final Duration maxAge;
    private final LongSupplier nanoTime;
    private final Consumer<List<Crowd>> listener;
    private final Tallies tallies;
    private final Births births = new Births();
    private OptionalLong lastTry = OptionalLong.empty();
    private double ownRoom = Double.NaN;

    /**
     * Watches.
     *
     * @param source where zombies are listed
     * @param diagnoser tells where parents belong, and how much room there is
     * @param mostCrowds how many crowds there may be at once besides {@link Crowd#OTHER}
     * @param maxAge how long a look counts as fresh
     * @param nanoTime the clock
     * @param listener hears which crowds there are when that has changed, in the thread that has
     *     asked
     */
    ZombieWatch(
            Supplier<List<Zombie>> source,
            Diagnoser diagnoser,
            int mostCrowds,
            Duration maxAge,
            LongSupplier nanoTime,
            Consumer<List<Crowd>> listener) {
        this.source = source;
        this.diagnoser = diagnoser;
        this.maxAge = maxAge;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.tallies = new Tallies(mostCrowds, nanoTime);
    }

    /** The crowds that have a place, {@link Crowd#OTHER} among them. */
    List<Crowd> crowds() {
        return tallies.crowds();
    }

    /** A number of a crowd, from a fresh look. */
    @Override
    public double read(Crowd crowd, ToDoubleFunction<Tally> number) {
        look();
        return tallies.read(crowd, number);
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
            tryLook();
            after = crowds();
        }
        // Without the lock: a registry may read a new meter at once, under a lock of its own.
        if (!after.equals(before)) {
            listener.accept(after);
        }
    }

    private void tryLook() {
        try {
            List<Zombie> zombies = source.get();
            tallies.note(families(zombies), births.note(zombies));
        } catch (ZreapException e) {
            tallies.fail();
        }
        OptionalLong room = diagnoser.headroom(ProcessHandle.current().pid()).room();
        ownRoom = room.isPresent() ? room.getAsLong() : Double.NaN;
    }

    private List<Tallies.Family> families(List<Zombie> zombies) {
        Map<Long, List<Zombie>> byParent = zombies.stream()
                .collect(Collectors.groupingBy(Zombie::parentPid, LinkedHashMap::new, Collectors.toList()));
        List<Tallies.Family> families = new ArrayList<>();
        byParent.forEach((parent, children) -> families.add(new Tallies.Family(
                Crowd.of(children.get(0).parentName(), diagnoser.placement(parent)),
                children,
                () -> diagnoser.headroom(parent).room())));
        return families;
    }
}
