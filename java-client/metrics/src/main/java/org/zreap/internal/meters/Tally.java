// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.meters;

import java.util.OptionalLong;

/**
 * What the last looks saw of a crowd. All but the births is NaN if it is unknown.
 *
 * <p>Not thread-safe: {@link Tallies} guards it.
 */
public final class Tally {

    double zombies;
    double oldestSeconds;
    double births;
    double birthsPerSecond = Double.NaN;
    double room = Double.NaN;
    OptionalLong emptyNanos = OptionalLong.empty();

    Tally() {}

    /** How many there are. */
    public double zombies() {
        return zombies;
    }

    /** The age of the oldest; 0 if there are none. */
    public double oldestSeconds() {
        return oldestSeconds;
    }

    /** How many came since the first look. */
    public double births() {
        return births;
    }

    /** How fast they came between the last two looks. */
    public double birthsPerSecond() {
        return birthsPerSecond;
    }

    /** How many more tasks can start beside the parent that has the most. */
    public double room() {
        return room;
    }

    void forget() {
        zombies = Double.NaN;
        oldestSeconds = Double.NaN;
        birthsPerSecond = Double.NaN;
        room = Double.NaN;
    }
}
