// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * What can be said of a process that is no zombie.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param process which process
 * @param state what it is doing, in a sentence
 * @param evidence what shows it
 * @param placement its cgroup, unit and containers, if they can be seen
 * @param zombies its zombies, those that are alike diagnosed once
 * @param now what to do about it; empty if nothing is wrong with it
 */
public record LivingProcess(
        Ancestor process,
        String state,
        List<String> evidence,
        Optional<Placement> placement,
        List<Diagnosis> zombies,
        Optional<String> now) {

    /**
     * Copies the lists.
     *
     * @param process which process
     * @param state what it is doing
     * @param evidence what shows it
     * @param placement its cgroup, unit and containers
     * @param zombies its zombies
     * @param now what to do about it
     */
    public LivingProcess {
        evidence = List.copyOf(evidence);
        zombies = List.copyOf(zombies);
    }
}
