// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.zreap.ProcessIdentity;

/**
 * A parent of zombies on the live screen. No text holds a character that controls a terminal.
 *
 * @param pid its PID, 0 if it is outside of the PID namespace
 * @param identity the parent itself, if it can be seen
 * @param name its command name
 * @param zombies how many it has
 * @param trend its zombies over the last minutes, the oldest first; empty where nobody looked
 * @param birthsPerMinute how many came in the last minute; empty if ages are not known
 * @param oldest the age of its oldest zombie, if it is known
 * @param roomPercent the share of its tightest PID limit that is left
 * @param where its unit or container, else its cgroup
 * @param place its container in detail; empty if nobody asked for that
 * @param cause the word for the cause; empty until it is known
 * @param advice what to do now; empty until it is known
 */
record TopRow(
        long pid,
        Optional<ProcessIdentity> identity,
        String name,
        int zombies,
        List<OptionalInt> trend,
        OptionalInt birthsPerMinute,
        Optional<Duration> oldest,
        OptionalInt roomPercent,
        String where,
        Optional<TopPlace> place,
        String cause,
        String advice) {

    /** Copies the list. */
    TopRow {
        trend = List.copyOf(trend);
    }

    /** What a filter looks at. */
    Stream<String> texts() {
        return Stream.concat(
                Stream.of(Long.toString(pid), name, where, cause),
                place.stream().flatMap(one -> one.cells().stream()));
    }

    /** The parent for people. */
    String title() {
        return identity.map(Object::toString).orElse(Long.toString(pid)) + " (" + name + ")";
    }
}
