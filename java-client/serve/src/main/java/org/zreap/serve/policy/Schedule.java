// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * When a rule acts, in local time.
 *
 * @param days on which days a time of acting begins
 * @param from when it begins
 * @param to when it ends: on the same day, or on the next if {@code to} is not after {@code from}
 */
public record Schedule(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

    static final Schedule ALWAYS = new Schedule(Set.of(DayOfWeek.values()), LocalTime.MIN, LocalTime.MIN);

    /** Copies the set. */
    public Schedule {
        days = Set.copyOf(days);
    }

    /** Whether the rule acts at this time. */
    public boolean isOpen(ZonedDateTime now) {
        LocalTime time = now.toLocalTime();
        DayOfWeek today = now.getDayOfWeek();
        if (from.isBefore(to)) {
            return days.contains(today) && !time.isBefore(from) && time.isBefore(to);
        }
        return (days.contains(today) && !time.isBefore(from)) || (days.contains(today.minus(1)) && time.isBefore(to));
    }
}
