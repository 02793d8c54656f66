// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;
import org.zreap.diagnosis.ProgramRuntime;
import org.zreap.diagnosis.SignalDisposition;
import org.zreap.internal.diagnosis.ParentFacts.PipeSleep;

/** The parent does something else first. */
final class BusyParentRule implements Rule {

    /**
     * The largest kind of ID that waitid knows. The first argument of waitid is such a kind, that of
     * wait4 a PID.
     */
    private static final int P_PIDFD = 3;

    private static final String OUTPUT_ELSEWHERE =
            "start background programs with their output elsewhere than in the pipe";

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation.parent().flatMap(parent -> {
            if (parent.sigchldPending()) {
                return Optional.of(notTold(parent));
            }
            ProgramRuntime runtime = parent.program().runtime();
            if (mayHoldUpItsLoop(situation, parent)) {
                return Optional.of(computes(parent));
            }
            // A runtime with a thread for each child is always in a wait or a read. This says
            // nothing about this child.
            if (runtime.waitsOnlyForItsOwn() && !hasOneThread(runtime)) {
                return runtime == ProgramRuntime.GO ? readsOutput(situation, parent) : Optional.empty();
            }
            // Process 1 may wait for its container's program all the time, and inherit orphans
            // meanwhile.
            if (parent.condition().waiting() && !parent.condition().namespaceInit() && !runtime.isShell()) {
                return Optional.of(waitsForOthers(parent));
            }
            return parent.pipe()
                    .map(pipe -> pipe.writes() ? writesPipe(parent, pipe) : readsPipe(parent, pipe))
                    .or(() -> parent.program().collectsAll(parent.isTold()) || hasOneThread(runtime)
                            ? Optional.empty()
                            : readsOutput(situation, parent))
                    .or(() -> parent.followed().contains(situation.pid())
                            ? Optional.of(follows(situation, parent))
                            : Optional.empty());
        });
    }

    private static boolean mayHoldUpItsLoop(Situation situation, ParentFacts parent) {
        return parent.program().runtime() == ProgramRuntime.NODE
                && parent.isComputing()
                && !parent.condition().namespaceInit()
                && situation.origin() != Situation.Origin.BEFORE_EXEC;
    }

    /** Whether the thread that waits for children also runs the program. */
    private static boolean hasOneThread(ProgramRuntime runtime) {
        return runtime == ProgramRuntime.NODE;
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
        parent.thread(ThreadFacts::sleepsInWait).ifPresent(thread -> draft.seen(thread.described()));
        return draft.unless("the zombie has just ended, and the wait is about to take it", "another look in a moment")
                .ifReapedSees(parent)
                .author("wait for any child (waitpid(-1)), so that none keeps the others waiting")
                .leave("the parent may wait for it when that wait is over");
    }

    private static Finding computes(ParentFacts parent) {
        return Draft.of(
                        Kind.PARENT_BUSY,
                        "Its parent runs on Node.js, which takes a child that ends when its event loop goes on."
                                + " Its main thread was running just now, so a long computation may hold up the loop.")
                .seen("State of /proc/" + parent.pid() + "/status: R (running)")
                .seen("program of " + parent.pid() + ": " + parent.program().name() + ", Node.js")
                .unless("it ran just by chance, and does not know the child", "whether it is in state R at each look")
                .ifReapedSees(parent)
                .author("compute in a worker thread, or in pieces, so that the event loop goes on")
                .leave("the parent waits when its event loop goes on. Ask again in a moment");
    }

    private static Finding readsPipe(ParentFacts parent, PipeSleep pipe) {
        String who = others(pipe.others(), "every process that has its other end");
        boolean isShell = parent.program().runtime().isShell();
        Draft draft = Draft.of(
                        Kind.PARENT_READS_PIPE,
                        "Its parent reads from a pipe, and sleeps until more comes or the other end is closed.")
                .seen("thread " + pipe.tid() + " reads " + pipe.pipe())
                .seen("open for writing: " + others(pipe.others(), "not seen from here"));
        unlessItNeverWaits(draft, parent);
        return draft.ifReapedSees(parent)
                .operator("see whether " + who + " should still run")
                .author(OUTPUT_ELSEWHERE)
                .leave((isShell ? "the parent will wait" : "the parent may wait")
                        + " when the other end of the pipe is closed by " + who);
    }

    private static Finding writesPipe(ParentFacts parent, PipeSleep pipe) {
        String who = others(pipe.others(), "every process that has its other end");
        Draft draft = Draft.of(
                        Kind.PARENT_WRITES_PIPE,
                        "Its parent writes to a pipe that is full, and sleeps until somebody reads from it.")
                .seen("thread " + pipe.tid() + " writes to " + pipe.pipe())
                .seen("open for reading: " + others(pipe.others(), "not seen from here"));
        unlessItNeverWaits(draft, parent);
        return draft.ifReapedSees(parent)
                .operator("see why " + who + " does not read from the pipe: continue it, restart it or end it")
                .image("let its output go where no reader can hold it up, such as a file")
                .leave("the parent may wait when " + who + " reads from the pipe or closes it");
    }

    private static Optional<Finding> readsOutput(Situation situation, ParentFacts parent) {
        return situation.heldOutput().map(held -> {
            String holder = Pipes.described(held.holder());
            return Draft.of(
                            Kind.PARENT_READS_PIPE,
                            "Its parent polls, and has a pipe open. The other end is open in " + holder
                                    + ", which the zombie seems to have left behind. A program that first reads the"
                                    + " output of a child waits for the child only at the end of that output.")
                    .seen(held.pipe() + ": open for reading in " + parent.pid() + ", for writing in " + holder)
                    .seen(holder + " is younger than the zombie, of its session, and no child of " + parent.pid())
                    .unless("its parent never waits", "whether the zombie goes when " + holder + " ends")
                    .ifReapedSees(parent)
                    .operator("see whether " + holder + " should still run")
                    .author(OUTPUT_ELSEWHERE)
                    .leave("the parent may wait when " + holder + " closes the pipe");
        });
    }

    private static Finding follows(Situation situation, ParentFacts parent) {
        return Draft.of(
                        Kind.PARENT_BUSY,
                        "Its parent holds a pidfd of it, by which the kernel tells of its end, and has not waited yet.")
                .seen("fdinfo of " + parent.pid() + ": a pidfd with Pid " + situation.pid())
                .unless("the parent does not look at that pidfd", "whether zombies of this parent pile up")
                .ifReapedSees(parent)
                .author("do not block an event loop: let what takes long run in a thread")
                .leave("the parent may wait when it goes on. Ask again in a moment");
    }

    private static void unlessItNeverWaits(Draft draft, ParentFacts parent) {
        if (!parent.program().runtime().isShell() && !isKnownToWait(parent)) {
            draft.unless("the parent never waits", "whether the zombie goes when the parent goes on");
        }
    }

    /** While a handler for SIGCHLD runs, SIGCHLD is blocked. So the mask is no evidence here. */
    private static boolean isKnownToWait(ParentFacts parent) {
        return parent.program()
                .collectsAll(parent.condition().sigchld() == SignalDisposition.CAUGHT || parent.isTold());
    }

    private static String others(List<String> others, String ifNone) {
        return others.isEmpty() ? ifNone : String.join(", ", others);
    }
}
