// SPDX-License-Identifier: Apache-2.0
package org.zreap.remedy;

import java.util.List;
import java.util.Optional;
import org.zreap.Zombie;
import org.zreap.ZreapException;

/**
 * The steps of a {@link Ladder} for one zombie, and their outcome.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param zombie the zombie, as it was before
 * @param outcomes what each step did, in order; the list ends at the step that helped or found the
 *     parent stopped, or before a step that failed
 * @param gone whether the zombie is known to be gone
 * @param failure why the climb ended early, if it did; the step under way may have had its effect
 */
public record LadderReport(Zombie zombie, List<StepOutcome> outcomes, boolean gone, Optional<ZreapException> failure) {

    /**
     * Copies the list.
     *
     * @param zombie the zombie
     * @param outcomes what each step did
     * @param gone whether the zombie is known to be gone
     * @param failure why the climb ended early, if it did
     */
    public LadderReport {
        outcomes = List.copyOf(outcomes);
    }
}
