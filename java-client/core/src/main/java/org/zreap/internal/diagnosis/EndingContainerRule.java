// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Optional;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;

/** The process 1 of the zombie's PID namespace has ended and cannot go before the zombie does. */
final class EndingContainerRule implements Rule {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .parent()
                .filter(parent ->
                        parent.nsPids().size() < situation.own().nsPids().size())
                .filter(parent -> !isAboutToWait(situation, parent))
                .flatMap(parent -> situation.endingInit().map(init -> find(situation, parent, init)));
    }

    private static boolean isAboutToWait(Situation situation, ParentFacts parent) {
        return parent.program().collectsAll(parent.isTold())
                && !Likeness.isLate(situation.zombie().age());
    }

    private static Finding find(Situation situation, ParentFacts parent, EndingInits.EndingInit init) {
        long pid = init.stat().identity().pid();
        return Draft.of(
                        Kind.CONTAINER_HELD_UP,
                        "The end of its container waits for it. Process 1 of the container, here " + pid + " ("
                                + init.stat().name() + "), has ended and sleeps until the PID namespace is empty. The"
                                + " parent, " + parent.described()
                                + ", is outside of the container and has not waited.")
                .seen(init.evidence())
                .seen("NSpid of /proc/" + situation.pid()
                        + "/status: it is in a PID namespace below that of its parent")
                .ifReapedSees(parent)
                .operator("if the parent is the container's shim or an exec session that hangs, end it: the zombie then"
                        + " goes to an init, and the container ends")
                .author("of the parent: wait for every process that it starts in a container")
                .reap(situation);
    }
}
