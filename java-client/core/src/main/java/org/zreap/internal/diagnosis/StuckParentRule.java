// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;
import org.zreap.internal.proc.ProcStat;

/** The kernel keeps the parent from running. */
final class StuckParentRule implements Rule {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .parent()
                .filter(parent -> parent.condition().uninterruptible())
                .map(parent -> parent.isInVfork() ? inVfork(parent) : stuck(parent));
    }

    private static Finding inVfork(ParentFacts parent) {
        List<ProcStat> children = parent.vforkChildren();
        String child = children.isEmpty()
                ? "its new child"
                : children.stream()
                        .map(stat -> stat.identity().pid() + " (" + stat.name() + ")")
                        .collect(Collectors.joining(" or "));
        Draft draft = Draft.of(
                Kind.PARENT_IN_VFORK,
                "Its parent is in vfork, and cannot wait for it before " + child + " calls exec or ends.");
        evidence(draft, parent);
        children.forEach(stat -> draft.seen(
                "flags of /proc/" + stat.identity().pid() + "/stat: a child of that parent which has not called exec"));
        return draft.ifReapedSees(parent)
                .operator("see what " + child + " waits for: it runs in the parent's memory until it calls exec")
                .author("do nothing between vfork and exec but calls that cannot block")
                .leave("the parent may wait when it goes on. It goes on when " + child + " calls exec or ends");
    }

    private static Finding stuck(ParentFacts parent) {
        Draft draft = Draft.of(
                Kind.PARENT_STUCK,
                "Its parent is in an uninterruptible sleep and cannot wait for it before that is over.");
        evidence(draft, parent);
        return draft.ifReapedSees(parent)
                .operator("mend what it sleeps for"
                        + Sleeps.hint(parent.condition().wchan()))
                .leave("the parent may wait when it goes on. It goes on when what it sleeps for is there"
                        + Sleeps.hint(parent.condition().wchan()));
    }

    private static void evidence(Draft draft, ParentFacts parent) {
        draft.seen("State of /proc/" + parent.pid() + "/status: D, twice, 100 ms apart");
        parent.condition().wchan().ifPresent(wchan -> draft.seen("wchan of " + parent.pid() + ": " + wchan));
    }
}
