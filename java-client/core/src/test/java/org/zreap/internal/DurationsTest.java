// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @ValueSource(strings = {"0ms", "1ms", "1500ms", "60001ms", "1s", "59s", "1m", "90m", "1h", "25h", "1d", "365d"})
    void readsWhatItWrites(String text) {
        Duration time = Durations.parse(text).orElseThrow();

        assertEquals(Optional.of(time), Durations.parse(Durations.text(time)));
    }

    @Test
    void writesTheLargestWholeUnit() {
        assertEquals("2m", Durations.text(Duration.ofSeconds(120)));
        assertEquals("100ms", Durations.text(Duration.ofMillis(100)));
        assertEquals("1d", Durations.text(Duration.ofHours(24)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "5 s", "5min", "-5s", "1.5h", "1234567890s", "5S"})
    void refusesOtherForms(String text) {
        assertEquals(Optional.empty(), Durations.parse(text));
    }
}
