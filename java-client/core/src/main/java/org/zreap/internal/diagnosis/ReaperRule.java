// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Optional;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;
import org.zreap.internal.diagnosis.Program.Waits;

/** The parent is a program that waits for every child. */
final class ReaperRule implements Rule {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation.parent().flatMap(parent -> {
            if (parent.program().collectsAll(parent.isTold())) {
                return Optional.of(collector(situation, parent));
            }
            return switch (parent.program().waits()) {
                case FOR_ANY_AT_TIMES ->
                    Optional.of(
                            parent.program().runtime().isShell()
                                    ? shell(parent)
                                    : atTimes(parent, ", no matter who started it"));
                case FOR_ITS_OWN_AT_TIMES ->
                    parent.condition().namespaceInit()
                            ? Optional.empty()
                            : Optional.of(atTimes(parent, " that it has started"));
                default -> Optional.empty();
            };
        });
    }

    private static Finding collector(Situation situation, ParentFacts parent) {
        boolean isLate = Likeness.isLate(situation.zombie().age());
        Draft draft = Draft.of(
                        Kind.REAPER_BEHIND,
                        "Its parent is " + parent.program().name()
                                + ", which waits for every child that ends, no matter who started it. So "
                                + (isLate ? "it is behind, or it hangs." : "it is about to wait, or it hangs."))
                .seen("program of " + parent.pid() + ": " + parent.program().name());
        parent.condition().wchan().ifPresent(wchan -> draft.seen("wchan of " + parent.pid() + ": " + wchan));
        draft.ifReapedSees(parent)
                .operator("if the zombie stays: see in its log whether "
                        + parent.program().name() + " hangs, and restart it if you can");
        if (isLate) {
            return draft.nudge(situation);
        }
        return draft.unless("it hangs", "whether the zombie is still there in ten seconds")
                .leave("the parent waits for every child. If the zombie is still there in ten seconds: kill -CHLD "
                        + parent.pid() + ", and then " + situation.reapCommand());
    }

    private static Finding atTimes(ParentFacts parent, String which) {
        String name = parent.program().name();
        Draft draft = Draft.of(
                        Kind.WAITS_AT_TIMES,
                        "Its parent is " + name + ", which waits for every child" + which
                                + ", but only at times of its own, such as by a timer.")
                .seen("program of " + parent.pid() + ": " + name);
        parent.condition().wchan().ifPresent(wchan -> draft.seen("wchan of " + parent.pid() + ": " + wchan));
        if (parent.program().waits() == Waits.FOR_ITS_OWN_AT_TIMES) {
            draft.unless(
                    "it is a subreaper and was given an orphan", "whether its configuration starts such a program");
        }
        return draft.unless("it hangs or is kept busy", "whether the zombie outlasts its timer, and its log")
                .ifReapedSees(parent)
                .operator("see what keeps " + name + " busy, if zombies of it stay for long")
                .leave("the parent waits at its next turn");
    }

    private static Finding shell(ParentFacts parent) {
        String name = parent.program().name();
        Draft draft = Draft.of(
                        Kind.REAPER_BEHIND,
                        "Its parent is the shell " + name + ", which takes every child, no matter who started it, "
                                + (parent.condition().waiting()
                                        ? "when it waits for a command. It does so just now."
                                        : "when it next waits for a command."))
                .seen("program of " + parent.pid() + ": " + name);
        parent.condition().wchan().ifPresent(wchan -> draft.seen("wchan of " + parent.pid() + ": " + wchan));
        return draft.unless(
                        "the script never waits again: it is in a builtin command for ever",
                        "whether the zombie is still there when the script's command has changed")
                .ifReapedSees(parent)
                .author("of the script: call wait after the programs that it starts in the background")
                .leave("the parent will wait for it when it next waits for a command");
    }
}
