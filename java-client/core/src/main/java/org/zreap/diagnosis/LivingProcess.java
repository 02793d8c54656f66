// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * Describes a process that is not a zombie.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param process which process
 * @param state what it is doing, in a sentence
 * @param evidence what shows it
 * @param placement its cgroup, unit and containers, if this process can see them
 * @param zombies its zombies, with one diagnosis for zombies that are alike
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
