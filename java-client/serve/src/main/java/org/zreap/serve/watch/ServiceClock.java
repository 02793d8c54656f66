// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The two clocks of the service. All waiting goes by {@link #nanos}, which nobody can set. Only
 * schedules and the record go by {@link #now}.
 */
public interface ServiceClock {

    /** A time that only grows, in nanoseconds. */
    long nanos();

    /** The time of day. */
    ZonedDateTime now();

    /** The time of day, for records. */
    default Instant instant() {
        return now().toInstant();
    }

    /** The clocks of this machine. */
    static ServiceClock system() {
        return new ServiceClock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public ZonedDateTime now() {
                return ZonedDateTime.now(ZoneId.systemDefault());
            }
        };
    }
}
