// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    private static final Schedule NIGHT_AFTER_SATURDAY =
            new Schedule(Set.of(DayOfWeek.SATURDAY), LocalTime.of(22, 0), LocalTime.of(6, 0));
    private static final Schedule NOON =
            new Schedule(Set.of(DayOfWeek.SATURDAY), LocalTime.of(12, 0), LocalTime.of(13, 0));

    /** The last Saturday and Sunday of March 2026; on Sunday the clock jumps from 2 to 3. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-28T11:59:59+01:00[Europe/Zurich], false, false",
        "2026-03-28T12:00:00+01:00[Europe/Zurich], true,  false",
        "2026-03-28T13:00:00+01:00[Europe/Zurich], false, false",
        "2026-03-28T05:00:00+01:00[Europe/Zurich], false, false",
        "2026-03-28T22:00:00+01:00[Europe/Zurich], false, true",
        "2026-03-29T01:59:59+01:00[Europe/Zurich], false, true",
        "2026-03-29T03:00:00+02:00[Europe/Zurich], false, true",
        "2026-03-29T05:59:59+02:00[Europe/Zurich], false, true",
        "2026-03-29T06:00:00+02:00[Europe/Zurich], false, false",
        "2026-03-29T12:30:00+02:00[Europe/Zurich], false, false",
    })
    void goesByLocalTimeAndTheDayOfItsBeginning(ZonedDateTime now, boolean noon, boolean night) {
        assertEquals(noon, NOON.isOpen(now));
        assertEquals(night, NIGHT_AFTER_SATURDAY.isOpen(now));
        assertEquals(true, Schedule.ALWAYS.isOpen(now));
    }
}
