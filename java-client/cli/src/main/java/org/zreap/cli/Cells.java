// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/** Values as cells of a {@link TextTable}. An unknown value is {@code -}. Stateless. */
final class Cells {

    private static final String UNKNOWN = "-";

    private Cells() {}

    static String of(Optional<?> value) {
        return value.map(Object::toString).orElse(UNKNOWN);
    }

    static String of(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : UNKNOWN;
    }

    /** A moment, to the second. JSON has all of it. */
    static String moment(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A time in its largest unit, such as 350ms, 12s, 5m, 3h, 2d. */
    static String age(Optional<Duration> age) {
        return age.map(Cells::rounded).orElse(UNKNOWN);
    }

    private static String rounded(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h";
        }
        if (age.toMinutes() > 0) {
            return age.toMinutes() + "m";
        }
        return age.toSeconds() > 0 ? age.toSeconds() + "s" : age.toMillis() + "ms";
    }
}
