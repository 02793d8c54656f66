// SPDX-License-Identifier: Apache-2.0
package org.zreap.remedy;

import java.util.List;
import java.util.Optional;
import org.zreap.Zombie;
import org.zreap.ZreapException;

/**
 * How far a {@link Ladder} was climbed for one zombie.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param zombie the zombie, as it was before
 * @param outcomes what each step did, in order; those above the one that helped, or that found the
 *     parent stopped, are not there, nor is one that failed
 * @param gone whether the zombie is known to be gone
 * @param failure why the climb was broken off, if it was; the step under way may have been taken
 */
public record LadderReport(Zombie zombie, List<StepOutcome> outcomes, boolean gone, Optional<ZreapException> failure) {

    /**
     * Copies the list.
     *
     * @param zombie the zombie
     * @param outcomes what each step did
     * @param gone whether the zombie is known to be gone
     * @param failure why the climb was broken off, if it was
     */
    public LadderReport {
        outcomes = List.copyOf(outcomes);
    }
}
