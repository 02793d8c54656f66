// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Optional;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;

/** The child was cloned so that an ordinary wait does not see it. */
final class ExitSignalRule implements Rule {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .parent()
                .filter(parent -> !situation.own().endsWithSigchld())
                .map(parent -> find(situation, parent));
    }

    private static Finding find(Situation situation, ParentFacts parent) {
        int signal = situation.own().exitSignal().orElse(0);
        return Draft.of(
                        Kind.EXIT_SIGNAL,
                        "It was made by clone with "
                                + (signal == 0 ? "no exit signal" : "the exit signal " + signal)
                                + " in place of SIGCHLD. So its parent gets no SIGCHLD for it, and only a wait with"
                                + " __WALL or __WCLONE takes it.")
                .seen("exit_signal, field 38 of /proc/" + situation.pid() + "/stat: " + signal)
                .ifReapedSees(parent)
                .author("give clone SIGCHLD as its exit signal, or wait with __WALL")
                .reap(situation);
    }
}
