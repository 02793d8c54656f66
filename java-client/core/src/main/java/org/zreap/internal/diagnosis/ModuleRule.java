// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Optional;
import org.zreap.ZombieState;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;

/**
 * The kernel module saw a state of the parent that {@code /proc} does not show, or no longer shows.
 */
final class ModuleRule implements Rule {

    @Override
    public Optional<Finding> find(Situation situation) {
        if (situation.zombie().state().equals(ZombieState.PARENT_STOPPED)) {
            return Optional.of(Draft.of(
                            Kind.PARENT_STOPPED,
                            "Its parent was stopped, traced or frozen when the kernel module looked, and could not"
                                    + " wait for it.")
                    .seen("its state: " + situation.zombie().state())
                    .operator("look at the state, the tracer and the cgroup of process " + situation.parentPid())
                    .leave("the parent may wait when it goes on. Ask again in a moment"));
        }
        if (situation.zombie().spared().equals(Optional.of(ZombieState.PARENT_BUSY))) {
            return Optional.of(Draft.of(
                            Kind.PARENT_BUSY,
                            "Its parent was in an uninterruptible sleep when the kernel module looked, or not told of"
                                    + " it yet.")
                    .seen("its reason to be spared: " + ZombieState.PARENT_BUSY)
                    .leave("the parent may wait when it goes on. Ask again in a moment"));
        }
        return Optional.empty();
    }
}
