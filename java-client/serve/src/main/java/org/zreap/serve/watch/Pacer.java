// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Duration;
import java.util.OptionalLong;
import org.zreap.serve.policy.Pace;

/**
 * Says when to list the zombies: soon while they come and go, ever less often while nothing changes.
 *
 * <p>Not thread-safe.
 */
final class Pacer {

    private Duration pause = Duration.ZERO;
    private long dueNanos;

    Pacer(long nanos) {
        this.dueNanos = nanos;
    }

    /** Whether it is time to list. */
    boolean isDue(long nanos) {
        return dueNanos - nanos <= 0;
    }

    /** How long until then. */
    Duration untilDue(long nanos) {
        return Duration.ofNanos(Math.max(0, dueNanos - nanos));
    }

    /** Notes a listing, and when there is something to do next. */
    void listed(Pace pace, boolean isBusy, OptionalLong nextStep, long nanos) {
        Duration slower = pause.plus(pause.dividedBy(2)).plus(pace.fastest().dividedBy(2));
        pause = isBusy ? pace.fastest() : min(slower, pace.slowest());
        pause = pause.compareTo(pace.fastest()) < 0 ? pace.fastest() : pause;
        dueNanos = nanos + pause.toNanos();
        if (nextStep.isPresent()) {
            dueNanos = Math.max(nanos + pace.fastest().toNanos(), Math.min(dueNanos, nextStep.getAsLong()));
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
