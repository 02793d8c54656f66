// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import org.zreap.diagnosis.Finding;

/** Finds the cause from the facts. The first rule that fits decides. Stateless. */
public final class Rules {

    private static final List<Rule> IN_ORDER = List.of(
            new NoZombieYetRule(),
            new TracedRule(),
            new UnseenParentRule(),
            new StoppedParentRule(),
            new StuckParentRule(),
            new ModuleRule(),
            new ExitSignalRule(),
            new EndingContainerRule(),
            new CrashedInitRule(),
            new BusyParentRule(),
            new ReaperRule(),
            new OriginRule(),
            new NamespaceInitRule(),
            new OwnChildrenRule(),
            new SigchldRule());

    private Rules() {}

    /**
     * The finding.
     *
     * @throws IllegalStateException never: the last rule fits always
     */
    public static Finding find(Situation situation) {
        return IN_ORDER.stream()
                .map(rule -> rule.find(situation))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no rule for " + situation));
    }
}
