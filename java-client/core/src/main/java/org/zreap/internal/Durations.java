// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and checks times that callers give. Stateless. */
public final class Durations {

    private static final Duration TICK = Duration.ofMillis(1);

    /** About 292 years: the most nanoseconds that fit a long. The module takes it too. */
    private static final Duration LONGEST = Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(Long.MAX_VALUE));

    /** How a time is written. Up to 9 digits do not overflow in any unit. */
    public static final String FORM = "([0-9]{1,9})(ms|s|m|h|d)";

    private static final Pattern WRITTEN = Pattern.compile(FORM);

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private Durations() {}

    /**
     * Reads a time such as {@code 500ms}, {@code 60s}, {@code 5m}, {@code 2h}, {@code 7d}.
     *
     * @return empty if the text is no time
     */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        return matcher.matches()
                ? Optional.of(Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2))))
                : Optional.empty();
    }

    /** Writes a time in its largest whole unit, so that {@link #parse} reads it again. */
    public static String text(Duration time) {
        long millis = time.toMillis();
        if (millis % TimeUnit.SECONDS.toMillis(1) != 0) {
            return millis + "ms";
        }
        if (millis % TimeUnit.MINUTES.toMillis(1) != 0) {
            return time.toSeconds() + "s";
        }
        if (millis % TimeUnit.HOURS.toMillis(1) != 0) {
            return time.toMinutes() + "m";
        }
        return millis % TimeUnit.DAYS.toMillis(1) != 0 ? time.toHours() + "h" : time.toDays() + "d";
    }

    /**
     * The time in whole milliseconds, rounded up: it is safer to spare more, or to wait longer. A
     * time of more than 292 years becomes 292 years, so its nanoseconds fit a long.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public static Duration wholeMillis(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a time is not negative: " + time);
        }
        if (time.compareTo(LONGEST) >= 0) {
            return LONGEST;
        }
        Duration whole = Duration.ofMillis(time.toMillis());
        return whole.equals(time) ? whole : whole.plus(TICK);
    }
}
