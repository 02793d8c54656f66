// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Optional;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;
import org.zreap.diagnosis.ProgramRuntime;
import org.zreap.diagnosis.SignalDisposition;
import org.zreap.internal.diagnosis.Situation.Origin;

/** The cause is what the parent does with SIGCHLD. This rule fits every visible parent. */
final class SigchldRule implements Rule {

    private static final String WAIT_IN_LOOP =
            "whenever SIGCHLD comes, call waitpid(-1, NULL, WNOHANG) in a loop until it gives 0 or fails: one signal"
                    + " may stand for several children";

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation.parent().map(parent -> {
            if (parent.condition().sigchldBlocked()) {
                return blocked(situation, parent);
            }
            return switch (parent.condition().sigchld()) {
                case IGNORED -> ignored(situation, parent);
                // Its handler is Ruby's own and waits for no child of the program.
                case CAUGHT ->
                    parent.program().runtime() == ProgramRuntime.RUBY
                            ? unnoticed(situation, parent)
                            : handled(situation, parent);
                case DEFAULT -> unnoticed(situation, parent);
            };
        });
    }

    private static Finding blocked(Situation situation, ParentFacts parent) {
        String seen = "SigBlk of all threads of " + parent.pid() + " has SIGCHLD";
        if (parent.signalfd().orElse(false) || parent.waitsForSignals().isPresent()) {
            String how = parent.signalfd().orElse(false) ? "a signalfd" : "a thread that waits for signals";
            return Draft.of(
                            Kind.HANDLER_DOES_NOT_WAIT,
                            "Its parent blocks SIGCHLD and takes it by " + how
                                    + ". It has not waited for this child, or has not come to it yet.")
                    .seen(seen)
                    .seen(how + " takes SIGCHLD")
                    .ifReapedSees(parent)
                    .author(WAIT_IN_LOOP)
                    .nudge(situation);
        }
        Draft draft = Draft.of(
                        Kind.SIGCHLD_BLOCKED,
                        parent.signalfd().isPresent()
                                ? "Its parent blocks SIGCHLD in all threads and has no signalfd for it. So no signal"
                                        + " tells it that its children end."
                                : "Its parent blocks SIGCHLD in all threads. Whether a signalfd tells it cannot be"
                                        + " seen from here.")
                .seen(seen);
        if (parent.signalfd().isEmpty()) {
            draft.unless(
                    "it reads SIGCHLD from a signalfd, and is behind or hangs",
                    "as root: grep sigmask /proc/" + parent.pid() + "/fdinfo/*");
        }
        if (parent.condition().sigchld() == SignalDisposition.CAUGHT) {
            draft.unless(
                    "its handler for SIGCHLD is running, and blocks SIGCHLD meanwhile",
                    "whether SIGCHLD is blocked in a moment too");
        }
        return draft.unless("it waits by a timer or after each child", "whether zombies of this parent pile up")
                .ifReapedSees(parent)
                .image("do not start it with SIGCHLD blocked: the mask is inherited through fork and exec")
                .author("unblock SIGCHLD, or read it from a signalfd, and wait")
                .reap(situation);
    }

    private static Finding ignored(Situation situation, ParentFacts parent) {
        return Draft.of(
                        Kind.SIGCHLD_IGNORED_LATE,
                        "Its parent ignores SIGCHLD, but began to after this child had ended.")
                .seen("SIGCHLD in SigIgn of /proc/" + parent.pid() + "/status")
                .ifReapedSees(parent)
                .author("ignore SIGCHLD before the first child is started; then no child becomes a zombie")
                .reap(situation);
    }

    private static Finding handled(Situation situation, ParentFacts parent) {
        Draft draft = Draft.of(
                        Kind.HANDLER_DOES_NOT_WAIT, "Its parent handles SIGCHLD, but has not waited for this child.")
                .seen("SIGCHLD in SigCgt of /proc/" + parent.pid() + "/status");
        seeWchan(draft, parent);
        if (parent.threads().stream().anyMatch(ThreadFacts::blocksSigchld)) {
            draft.seen("some threads block SIGCHLD, others do not");
        }
        return draft.unless(
                        "the handler waits once for each signal, which may stand for several children", "its source")
                .unless(
                        "the handler was set when the child had ended already",
                        "whether the zombie goes when SIGCHLD comes again")
                .unless("the handler waits only for children that it knows", "its source")
                .ifReapedSees(parent)
                .author(WAIT_IN_LOOP)
                .nudge(situation);
    }

    private static Finding unnoticed(Situation situation, ParentFacts parent) {
        Draft draft = Draft.of(
                        Kind.NEVER_WAITS,
                        parent.condition().sigchld() == SignalDisposition.CAUGHT
                                ? "Its parent runs on Ruby, whose handler for SIGCHLD does not wait, and it has not"
                                        + " waited for this child."
                                : "No signal tells its parent that children end, and it has not waited for this one.")
                .seen(
                        parent.condition().sigchld() == SignalDisposition.CAUGHT
                                ? "program of " + parent.pid() + ": "
                                        + parent.program().name() + ", Ruby"
                                : "SIGCHLD in neither SigCgt nor SigIgn of /proc/" + parent.pid() + "/status");
        seeWchan(draft, parent);
        draft.seen(situation.originEvidence())
                .unless("it waits later, at a time of its own", "whether zombies of this parent pile up");
        if (parent.program().runtime() == ProgramRuntime.PYTHON) {
            draft.unless("subprocess takes it when the program starts its next child", "whether it starts another");
        }
        if (situation.origin() == Origin.UNKNOWN) {
            draft.unless("a start script started it and then became the parent by exec", "the start script");
        }
        if (parent.program().runtime() == ProgramRuntime.RUBY) {
            draft.author("call Process.wait or Process.detach for every child that it starts");
        }
        return draft.ifReapedSees(parent)
                .author("wait for every child; or, if nobody wants exit codes, set SIGCHLD to SIG_IGN (or SA_NOCLDWAIT)"
                        + " before the first one")
                .reap(situation);
    }

    private static void seeWchan(Draft draft, ParentFacts parent) {
        parent.condition().wchan().ifPresent(wchan -> draft.seen("wchan of " + parent.pid() + ": " + wchan));
    }
}
