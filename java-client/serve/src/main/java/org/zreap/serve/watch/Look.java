// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.serve.policy.Policy;
import org.zreap.serve.records.Entries;

/**
 * What a look saw.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param time when it was
 * @param nanos the same by the clock that only grows
 * @param policy the policy in force
 * @param zombies how many there were
 * @param parents how many parents they had
 * @param worst the parents with the most zombies, the worst first; not all of them
 * @param limits the limits of PIDs of the machine and of those parents
 * @param taken how many zombies were taken since the start
 */
public record Look(
        Instant time,
        long nanos,
        Policy policy,
        int zombies,
        int parents,
        List<Parent> worst,
        List<TaskLimit> limits,
        long taken) {

    /** Copies the lists. */
    public Look {
        worst = List.copyOf(worst);
        limits = List.copyOf(limits);
    }

    /**
     * A parent with its zombies.
     *
     * @param parent the parent
     * @param crowd its zombies
     * @param finding the cause of one of them, if a rule asked for it
     */
    public record Parent(Entries.Parent parent, Entries.Crowd crowd, Optional<Finding> finding) {}
}
