// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Optional;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;

/** The parent is systemd as process 1, and sleeps where only its crash handler sleeps. */
final class CrashedInitRule implements Rule {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .parent()
                .filter(parent -> parent.condition().namespaceInit())
                .filter(parent -> parent.program().name().equals("systemd"))
                .filter(parent -> parent.threads().stream()
                        .anyMatch(thread -> thread.tid() == parent.pid() && thread.sleepsIn("pause")))
                .map(parent -> find(situation, parent));
    }

    private static Finding find(Situation situation, ParentFacts parent) {
        return Draft.of(
                        Kind.INIT_CRASHED,
                        "Its parent, systemd as process 1, has crashed: it sleeps in pause(), which it does only after"
                                + " a crash. It will not wait any more, and starts and stops nothing.")
                .seen("wchan of " + parent.pid() + ": "
                        + parent.condition().wchan().orElse(""))
                .ifReaped("nothing: the parent will not wait any more")
                .operator("save what you need, then reboot the machine or restart the container; look for the crash in"
                        + " the log (Caught <SIGSEGV>, freezing execution)")
                .reap(situation);
    }
}
