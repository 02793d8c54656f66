// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.zreap.diagnosis.Alternative;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;
import org.zreap.diagnosis.Fix;
import org.zreap.diagnosis.Fix.Audience;
import org.zreap.diagnosis.NextStep;
import org.zreap.diagnosis.NextStep.Action;

/**
 * A finding under construction.
 *
 * <p>Not thread-safe: for one rule.
 */
final class Draft {

    private static final String PID_IS_FREE =
            "; the PID is free again, so the parent must not signal that child any more";

    private final Kind kind;
    private final String cause;
    private final List<String> evidence = new ArrayList<>();
    private final List<Alternative> alternatives = new ArrayList<>();
    private final List<Fix> fixes = new ArrayList<>();
    private Optional<String> effect = Optional.empty();

    private Draft(Kind kind, String cause) {
        this.kind = kind;
        this.cause = cause;
    }

    static Draft of(Kind kind, String cause) {
        return new Draft(kind, cause);
    }

    /** Adds what was seen. */
    Draft seen(String what) {
        evidence.add(what);
        return this;
    }

    /** Adds what was seen. */
    Draft seen(List<String> what) {
        evidence.addAll(what);
        return this;
    }

    /** Adds another cause that the evidence does not exclude. */
    Draft unless(String alternative, String decidedBy) {
        alternatives.add(new Alternative(alternative, decidedBy));
        return this;
    }

    Draft operator(String fix) {
        return fix(Audience.OPERATOR, fix);
    }

    Draft image(String fix) {
        return fix(Audience.IMAGE_OWNER, fix);
    }

    Draft author(String fix) {
        return fix(Audience.AUTHOR, fix);
    }

    private Draft fix(Audience audience, String text) {
        fixes.add(new Fix(audience, text));
        return this;
    }

    /**
     * For a parent that waits for this child, or may. Its runtime decides how it reacts to the
     * reap.
     */
    Draft ifReapedSees(ParentFacts parent) {
        effect = Optional.of(parent.program().runtime().effectOfForcedReap() + PID_IS_FREE);
        return this;
    }

    /** For a parent that knows nothing of this child. */
    Draft ifReapedNothing() {
        effect = Optional.of("nothing: the parent does not wait for this child");
        return this;
    }

    Draft ifReaped(String what) {
        effect = Optional.of(what);
        return this;
    }

    Finding reap(Situation situation) {
        return now(Action.REAP, situation.reapCommand());
    }

    /** The next step is SIGCHLD to the parent. */
    Finding nudge(Situation situation) {
        return now(
                Action.NUDGE,
                "kill -CHLD " + situation.parentPid() + "   (if it stays: " + situation.reapCommand() + ")");
    }

    /** The next step is not to reap: the parent may wait, or will. */
    Finding leave(String parentWaits) {
        return now(Action.LEAVE, "do not reap: " + parentWaits);
    }

    Finding now(Action action, String text) {
        return new Finding(kind, cause, evidence, alternatives, effect, fixes, new NextStep(action, text));
    }
}
