// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Optional;
import org.zreap.ZombieState;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;
import org.zreap.diagnosis.NextStep.Action;

/** This process cannot see the parent. */
final class UnseenParentRule implements Rule {

    @Override
    public Optional<Finding> find(Situation situation) {
        if (situation.parent().isPresent() || saysTheModule(situation)) {
            return Optional.empty();
        }
        String evidence = "PPid of /proc/" + situation.pid() + "/status: " + situation.parentPid();
        if (situation.parentPid() == 0) {
            return Optional.of(Draft.of(
                            Kind.PARENT_OUTSIDE,
                            "Its parent is outside of this PID namespace: something outside has started it in here"
                                    + " (docker exec, kubectl exec, nsenter), and has not waited for it.")
                    .seen(evidence)
                    .operator("look from the host, where the parent can be seen")
                    .now(Action.ACT_ELSEWHERE, "on the host: zreap list, then zreap why PID with its PID there"));
        }
        return Optional.of(Draft.of(Kind.PARENT_UNSEEN, "Its parent cannot be seen from here.")
                .seen(evidence)
                .operator("look as root, or from the host")
                .now(Action.ACT_ELSEWHERE, "as root, or from the host: zreap why " + situation.pid()));
    }

    /** The module has seen the parent. */
    private static boolean saysTheModule(Situation situation) {
        return situation.zombie().state().equals(ZombieState.PARENT_STOPPED)
                || situation.zombie().spared().equals(Optional.of(ZombieState.PARENT_BUSY));
    }
}
