// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.zreap.ProcessIdentity;
import org.zreap.Zombie;
import org.zreap.engines.ContainerNames;
import org.zreap.serve.records.Entries;

/**
 * The zombies of one parent in one look.
 *
 * <p>Not thread-safe.
 */
final class Crowd {

    private final Entries.Parent parent;
    private final List<Zombie> zombies;
    private final int birthsPerMinute;
    private final Supplier<OptionalInt> room;
    private Optional<OptionalInt> knownRoom = Optional.empty();

    /**
     * A crowd.
     *
     * @param parent the parent
     * @param zombies all its zombies
     * @param birthsPerMinute how many came in the last minute
     * @param room reads the share of the tightest PID limit that is left, at most once
     */
    Crowd(Entries.Parent parent, List<Zombie> zombies, int birthsPerMinute, Supplier<OptionalInt> room) {
        this.parent = parent;
        this.zombies = List.copyOf(zombies);
        this.birthsPerMinute = birthsPerMinute;
        this.room = room;
    }

    Entries.Parent parent() {
        return parent;
    }

    List<Zombie> zombies() {
        return zombies;
    }

    int birthsPerMinute() {
        return birthsPerMinute;
    }

    /** The share of the tightest PID limit that is left, in percent. */
    OptionalInt roomPercent() {
        if (knownRoom.isEmpty()) {
            knownRoom = Optional.of(room.get());
        }
        return knownRoom.get();
    }

    /** Groups zombies by their parent, the parents with the most zombies first. */
    static List<List<Zombie>> group(List<Zombie> zombies) {
        Map<Long, List<Zombie>> byParent = new LinkedHashMap<>();
        zombies.forEach(zombie -> byParent.computeIfAbsent(zombie.parentPid(), pid -> new ArrayList<>())
                .add(zombie));
        return byParent.values().stream()
                .sorted(Comparator.comparingInt(group -> -group.size()))
                .toList();
    }

    /** What the kernel module tells of a parent that /proc does not show. */
    static Entries.Parent unseen(Zombie zombie) {
        return new Entries.Parent(
                zombie.parentPid(),
                OptionalLong.empty(),
                zombie.parentName(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                ContainerNames.NONE);
    }

    /** The parent, if it can be seen. */
    Optional<ProcessIdentity> identity() {
        return parent.startTicks().isPresent()
                ? Optional.of(
                        new ProcessIdentity(parent.pid(), parent.startTicks().getAsLong()))
                : Optional.empty();
    }

    /** Some of these zombies, for the record. */
    Entries.Crowd summary(List<Zombie> some) {
        return new Entries.Crowd(
                some.size(),
                some.stream().flatMap(zombie -> zombie.age().stream()).max(Comparator.<Duration>naturalOrder()),
                birthsPerMinute,
                roomPercent());
    }
}
