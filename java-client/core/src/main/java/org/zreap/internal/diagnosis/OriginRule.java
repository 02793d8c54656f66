// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Optional;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;

/** The child is older than the program that its parent runs now. */
final class OriginRule implements Rule {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .parent()
                .filter(parent -> situation.origin() == Situation.Origin.BEFORE_EXEC)
                .map(parent -> find(situation, parent));
    }

    private static Finding find(Situation situation, ParentFacts parent) {
        Draft draft = Draft.of(
                        Kind.FROM_BEFORE_EXEC,
                        "Its parent became " + parent.program().name()
                                + " by exec after this child had started: most often a start script that leaves"
                                + " something in the background and then calls exec. "
                                + parent.program().name() + " knows nothing of the child and never waits for it.")
                .seen(situation.originEvidence())
                .seen("program of " + parent.pid() + ": " + parent.program().name() + ", "
                        + parent.program().runtime().label())
                .ifReapedNothing();
        if (parent.condition().namespaceInit()) {
            draft.image("an init alone (--init, tini) does not help: what the script itself left behind stays the"
                            + " program's child. In the start script, write ( helper & ) for each program left"
                            + " behind, and run the script under an init; or start the main program without exec,"
                            + " so that the shell waits for all")
                    .operator("until then: zreap sweep --parent=" + parent.pid() + ", from a timer");
        } else {
            draft.image("in the start script, write ( helper & ) for each program left behind: its parent is then"
                            + " the init or subreaper above; or make it a service of its own")
                    .operator("until then: zreap sweep --parent=" + parent.pid() + ", from a timer");
        }
        return draft.reap(situation);
    }
}
