// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** By what the rows of the live screen are sorted; equal ones by PID. */
enum TopOrder {
    ZOMBIES,
    BIRTHS,
    OLDEST,
    ROOM,
    PPID,
    PARENT;

    Comparator<TopRow> comparator() {
        Comparator<TopRow> first = switch (this) {
            case ZOMBIES -> Comparator.comparingInt(TopRow::zombies).reversed();
            case BIRTHS -> Comparator.comparingInt(TopOrder::births).reversed();
            case OLDEST -> Comparator.comparing(TopOrder::oldest).reversed();
            case ROOM -> Comparator.comparingInt(row -> row.roomPercent().orElse(Integer.MAX_VALUE));
            case PPID -> Comparator.comparingLong(TopRow::pid);
            case PARENT -> Comparator.comparing(TopRow::name);
        };
        return first.thenComparingLong(TopRow::pid);
    }

    TopOrder next() {
        List<TopOrder> all = List.of(values());
        return all.get((all.indexOf(this) + 1) % all.size());
    }

    private static int births(TopRow row) {
        return row.birthsPerMinute().orElse(0);
    }

    private static Duration oldest(TopRow row) {
        return row.oldest().orElse(Duration.ZERO);
    }
}
