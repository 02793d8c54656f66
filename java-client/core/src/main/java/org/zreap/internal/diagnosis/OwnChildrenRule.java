// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Optional;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;
import org.zreap.diagnosis.ProgramRuntime;
import org.zreap.internal.diagnosis.Situation.Origin;

/**
 * The parent's runtime waits by PID for the children that it starts, if the program asks it to.
 */
final class OwnChildrenRule implements Rule {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .parent()
                .filter(parent -> parent.program().runtime().waitsOnlyForItsOwn())
                .map(parent -> parent.program().runtime() == ProgramRuntime.GO
                        ? go(situation, parent)
                        : notItsOwn(situation, parent));
    }

    private static Finding go(Situation situation, ParentFacts parent) {
        Draft draft = Draft.of(
                        Kind.STARTED_WITHOUT_WAIT,
                        "Its parent is a Go program and has not called Wait for it. In Go nothing else takes a child.")
                .seen("program of " + parent.pid() + ": " + parent.program().name() + ", Go")
                .seen(situation.originEvidence())
                .unless("it calls Wait later", "whether zombies of this parent pile up");
        unlessOrphan(draft, situation);
        return draft.ifReapedSees(parent)
                .author("call Wait after every Start, in a goroutine if need be; a loop of waitpid(-1) beside os/exec"
                        + " takes the exit status away from Wait")
                .reap(situation);
    }

    private static Finding notItsOwn(Situation situation, ParentFacts parent) {
        ProgramRuntime runtime = parent.program().runtime();
        Draft draft = Draft.of(
                        Kind.NOT_ITS_OWN,
                        "Its parent runs on " + (runtime == ProgramRuntime.JVM ? "the JVM" : runtime.label())
                                + ", which waits by itself for each child that the program starts in the usual way."
                                + " So this one came to it another way, or its waiting has failed.")
                .seen("program of " + parent.pid() + ": " + parent.program().name() + ", " + runtime.label())
                .seen(situation.originEvidence())
                .unless("native code in it starts children and does not wait", "its libraries, and the zombie's name");
        unlessOrphan(draft, situation);
        if (runtime == ProgramRuntime.NODE) {
            return draft.unless(
                            "its event loop is held up, such as by execSync or spawnSync; then it takes the child"
                                    + " later",
                            "whether it has a living child that its program runs so, and the zombie goes with that")
                    .ifReapedSees(parent)
                    .author("do not call execSync or spawnSync beside children that the event loop should take")
                    .nudge(situation);
        }
        if (runtime == ProgramRuntime.JVM) {
            draft.unless(
                    "the JVM could not start the thread that waits",
                    "'unable to create native thread' in its log, and the line room below");
        }
        return draft.ifReapedSees(parent)
                .author("of the native code: wait for the children that it starts")
                .reap(situation);
    }

    private static void unlessOrphan(Draft draft, Situation situation) {
        draft.unless(
                "it is a subreaper and was given an orphan",
                "its program's source (PR_SET_CHILD_SUBREAPER), and whether that program starts "
                        + situation.zombie().name());
        if (situation.origin() == Origin.UNKNOWN) {
            draft.unless("a start script started it and then became the parent by exec", "the start script");
        }
    }
}
