// SPDX-License-Identifier: Apache-2.0
package org.zreap.remedy;

import java.util.List;
import org.zreap.Zombie;

/**
 * How far a {@link Ladder} was climbed for one zombie.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param zombie the zombie
 * @param outcomes what each step did, in order; those above the one that helped are not there
 * @param gone whether the zombie is gone
 */
public record LadderReport(Zombie zombie, List<StepOutcome> outcomes, boolean gone) {

    /**
     * Copies the list.
     *
     * @param zombie the zombie
     * @param outcomes what each step did
     * @param gone whether the zombie is gone
     */
    public LadderReport {
        outcomes = List.copyOf(outcomes);
    }
}
