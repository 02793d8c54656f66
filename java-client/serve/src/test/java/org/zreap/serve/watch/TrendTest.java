// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrendTest {

    private final Trend<String> trend = new Trend<>(4, Duration.ofSeconds(10), 2);

    @Test
    void keepsTheHighestOfEachStep() {
        trend.note(Map.of("a", 3), at(101));
        trend.note(Map.of("a", 7, "b", 1), at(105));
        trend.note(Map.of("a", 5), at(109));
        trend.note(Map.of("b", 2), at(110));

        assertEquals("- - 7 0", of("a"));
        assertEquals("- - 1 2", of("b"));
        assertEquals("- - 0 0", of("c"));
    }

    @Test
    void doesNotKnowStepsWithoutALook() {
        trend.note(Map.of("a", 3), at(100));
        trend.note(Map.of("a", 4), at(125));
        assertEquals("- 3 - 4", of("a"));
        trend.note(Map.of("a", 5), at(130));
        trend.note(Map.of("a", 6), at(140));
        assertEquals("- 4 5 6", of("a"));
        trend.note(Map.of(), at(100_000));
        assertEquals("- - - 0", of("a"));
        assertEquals(Set.of(), trend.keys());
    }

    @Test
    void isBounded() {
        for (int i = 0; i < 1000; i++) {
            trend.note(Map.of("p" + i, i), at(100));
        }
        assertEquals(Set.of("p998", "p999"), trend.keys());
        trend.note(Map.of("q", 1), at(110));
        assertEquals(Set.of("p998", "p999", "q"), trend.keys());
        assertEquals("- - 999 0", of("p999"));
    }

    /** The clock of Java may begin below 0. */
    @Test
    void takesTimesBelowZero() {
        trend.note(Map.of("a", 1), at(-5));
        trend.note(Map.of("a", 2), at(5));
        assertEquals("- - 1 2", of("a"));
    }

    private static long at(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private String of(String key) {
        List<String> numbers = trend.of(key).stream()
                .map(number -> number.isPresent() ? Integer.toString(number.getAsInt()) : "-")
                .toList();
        return numbers.stream().collect(Collectors.joining(" "));
    }
}
