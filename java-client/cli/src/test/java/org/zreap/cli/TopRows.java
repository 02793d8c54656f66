// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.zreap.ProcessIdentity;
import org.zreap.diagnosis.TaskLimit;

/** Rows and looks for tests of the live screen. */
final class TopRows {

    private TopRows() {}

    static TopRow row(long pid, String name, int zombies, int births, String where, String cause) {
        return row(pid, name, zombies, births, where, Optional.empty(), cause);
    }

    static TopRow row(
            long pid, String name, int zombies, int births, String where, Optional<TopPlace> place, String cause) {
        List<OptionalInt> trend = new ArrayList<>(Collections.nCopies(15, OptionalInt.empty()));
        for (int share : new int[] {0, 1, 2, 4, 4}) {
            trend.add(OptionalInt.of(zombies * share / 4));
        }
        return new TopRow(
                pid,
                Optional.of(new ProcessIdentity(pid, 10 * pid)),
                name,
                zombies,
                trend,
                OptionalInt.of(births),
                Optional.of(Duration.ofMinutes(zombies)),
                OptionalInt.of((int) (pid % 100)),
                where,
                place,
                cause,
                cause.isEmpty() ? "" : "zreap sweep --parent=" + pid);
    }

    static TopLook look(TopRow... rows) {
        int zombies = List.of(rows).stream().mapToInt(TopRow::zombies).sum();
        TaskLimit machine = new TaskLimit(Optional.empty(), 8192, OptionalLong.of(32_768));
        return new TopLook(zombies, List.of(rows), Optional.of(machine), Optional.empty());
    }

    /** Three parents in three places. */
    static TopLook three() {
        return look(
                row(811, "chrome", 120, 12, "Docker 0123456789ab", "never-waits"),
                row(133, "java", 83, 0, "app.service", "from-before-exec?"),
                row(4242, "nightly.sh", 5, 40, "/user.slice", ""));
    }
}
