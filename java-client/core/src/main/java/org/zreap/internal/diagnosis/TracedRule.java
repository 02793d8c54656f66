// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Optional;
import org.zreap.ZombieState;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;
import org.zreap.diagnosis.NextStep.Action;
import org.zreap.internal.proc.ProcStat;

/** A tracer or a kernel thread holds the zombie, and the module spares it. */
final class TracedRule implements Rule {

    @Override
    public Optional<Finding> find(Situation situation) {
        if (situation.zombie().state().equals(ZombieState.TRACED)) {
            return Optional.of(isTracedByParent(situation) ? tracedByParent(situation) : tracedByOther(situation));
        }
        return situation.zombie().state().equals(ZombieState.KERNEL_CHILD)
                ? Optional.of(ofKernel(situation))
                : Optional.empty();
    }

    private static boolean isTracedByParent(Situation situation) {
        return situation.zombie().tracer().isPresent()
                && situation.zombie().tracer().getAsLong() == situation.parentPid();
    }

    private static Finding tracedByParent(Situation situation) {
        long parent = situation.parentPid();
        Draft draft = Draft.of(
                        Kind.TRACED_BY_PARENT,
                        "Its parent traces it, as a debugger does with the program that it starts, and has not waited"
                                + " for it.")
                .seen(tracerEvidence(situation))
                .seen("PPid of /proc/" + situation.pid() + "/status: " + parent)
                .operator("end the session in the debugger, or the debugger")
                .author("wait for the tracee after it has ended, and not only while it stops");
        return isTracerStopped(situation)
                ? goOn(draft, parent)
                : draft.now(
                        Action.ACT_ELSEWHERE,
                        "end the debugger's session, or: kill " + parent
                                + "   (zreap takes no zombie from its tracer)");
    }

    private static Finding tracedByOther(Situation situation) {
        Draft draft = Draft.of(
                        Kind.TRACED, "A tracer holds it and has not waited for it. Its parent is told only then.")
                .seen(tracerEvidence(situation))
                .operator("end the tracer, such as a debugger or strace; then the parent is told")
                .author("of the tracer: wait for every tracee that ends");
        if (isTracerStopped(situation)) {
            return goOn(draft, situation.zombie().tracer().orElseThrow());
        }
        return situation.zombie().tracer().isPresent()
                ? draft.now(
                        Action.ACT_ELSEWHERE,
                        "let the tracer detach, or: kill "
                                + situation.zombie().tracer().getAsLong()
                                + "   (zreap takes no zombie from its tracer)")
                : draft.leave("its tracer is outside of this PID namespace; ask from the host");
    }

    private static boolean isTracerStopped(Situation situation) {
        return situation.own().tracer().filter(ProcStat::isStopped).isPresent();
    }

    private static Finding goOn(Draft draft, long tracer) {
        return draft.seen("State of /proc/" + tracer + "/status: T (stopped)")
                .now(
                        Action.ACT_ELSEWHERE,
                        "the tracer is stopped and may wait when it goes on. To let it: kill -CONT " + tracer
                                + "   (zreap takes no zombie from its tracer)");
    }

    private static Finding ofKernel(Situation situation) {
        return Draft.of(
                        Kind.KERNEL_CHILD,
                        "Its parent is a kernel thread, which waits for its children itself and has not done so yet.")
                .seen("its state: " + situation.zombie().state())
                .seen("PPid of /proc/" + situation.pid() + "/status: " + situation.parentPid())
                .operator("see in the kernel log whether the kernel thread hangs")
                .leave("the kernel thread waits itself, and zreap refuses to take its children");
    }

    private static String tracerEvidence(Situation situation) {
        return "TracerPid of /proc/" + situation.pid() + "/status: "
                + (situation.zombie().tracer().isPresent()
                        ? situation.zombie().tracer().getAsLong()
                        : "not shown");
    }
}
