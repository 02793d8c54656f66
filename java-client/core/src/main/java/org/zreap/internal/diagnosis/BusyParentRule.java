// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;
import org.zreap.internal.diagnosis.ParentFacts.PipeRead;

/** The parent does something else first. */
final class BusyParentRule implements Rule {

    /**
     * The largest kind of ID that waitid knows. The first argument of waitid is such a kind, that of
     * wait4 a PID.
     */
    private static final int P_PIDFD = 3;

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation.parent().flatMap(parent -> {
            if (parent.sigchldPending()) {
                return Optional.of(notTold(parent));
            }
            // A runtime with a thread for each child is always in a wait or a read. This says
            // nothing about this child.
            if (parent.program().runtime().waitsOnlyForItsOwn()) {
                return Optional.empty();
            }
            // Process 1 may wait for its container's program all the time, and inherit orphans
            // meanwhile.
            if (parent.condition().waiting()
                    && !parent.condition().namespaceInit()
                    && !parent.program().runtime().isShell()) {
                return Optional.of(waitsForOthers(parent));
            }
            return parent.pipe().filter(pipe -> pipe.tid() == parent.pid()).map(pipe -> readsPipe(parent, pipe));
        });
    }

    private static Finding notTold(ParentFacts parent) {
        return Draft.of(
                        Kind.PARENT_BUSY,
                        "Its parent has a SIGCHLD that it has not taken yet. It may be for this child.")
                .seen("ShdPnd of /proc/" + parent.pid() + "/status has SIGCHLD, and a thread does not block it")
                .ifReapedSees(parent)
                .leave("the parent may wait when it goes on. Ask again in a moment");
    }

    private static Finding waitsForOthers(ParentFacts parent) {
        boolean isOne = parent.waitsFor().orElse(-1) > P_PIDFD;
        String other =
                isOne ? "child " + parent.waitsFor().getAsLong() + ", as the parent counts PIDs" : "other children";
        Draft draft = Draft.of(
                Kind.PARENT_WAITS_FOR_OTHERS,
                "Its parent is in a wait that has not taken this child: one for " + other + ".");
        parent.thread(thread -> thread.sleepsIn("do_wait") || thread.sleepsIn("kernel_wait"))
                .ifPresent(thread -> draft.seen(thread.described()));
        return draft.unless("the zombie has just ended, and the wait is about to take it", "another look in a moment")
                .ifReapedSees(parent)
                .author("wait for any child (waitpid(-1)), so that none keeps the others waiting")
                .leave("the parent may wait for it when that wait is over");
    }

    private static Finding readsPipe(ParentFacts parent, PipeRead pipe) {
        List<String> writers = pipe.writers();
        String who = writers.isEmpty() ? "every process that has its other end" : String.join(", ", writers);
        String waits = parent.program().runtime().isShell() ? "the parent will wait" : "the parent may wait";
        return Draft.of(
                        Kind.PARENT_READS_PIPE,
                        "Its parent reads from a pipe, and sleeps until more comes or the other end is closed.")
                .seen("thread " + pipe.tid() + " reads " + pipe.pipe())
                .seen("open for writing: " + (writers.isEmpty() ? "not seen from here" : who))
                .ifReapedSees(parent)
                .operator("see whether " + who + " should still run")
                .author("start background programs with their output elsewhere than in the pipe")
                .leave(waits + " when the other end of the pipe is closed by " + who);
    }
}
