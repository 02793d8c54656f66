// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.zreap.CommandName;
import org.zreap.Zombie;
import org.zreap.ZombieState;
import org.zreap.diagnosis.Finding.Kind;

/** Concludes from what was seen to the cause; the first that fits is the one. Stateless. */
final class Causes {

    private static final String WAIT_IN_HANDLER =
            "call waitpid(-1, NULL, WNOHANG) in a loop until it gives 0, whenever SIGCHLD comes: one signal may"
                    + " stand for several children";

    private static final String DO_NOT_REAP = "do not reap: the parent may wait when it goes on. ";

    private Causes() {}

    static Finding find(Zombie zombie, Optional<ParentCondition> parent, Optional<Placement> placement) {
        if (zombie.livingThreads() > 0) {
            return new Finding(
                    Kind.THREADS_LIVE,
                    "Its main thread has ended while other threads of it live, so it is no zombie yet.",
                    List.of("Threads of " + statusFile(zombie.pid()) + ": " + zombie.livingThreads()
                            + " besides the main one"),
                    "let the threads end: a program should not leave its main thread by pthread_exit and forget"
                            + " the others");
        }
        if (zombie.state().equals(ZombieState.TRACED)) {
            return new Finding(
                    Kind.TRACED,
                    "A tracer holds it and has not waited for it.",
                    List.of("TracerPid of " + statusFile(zombie.pid()) + ": "
                            + (zombie.tracer().isPresent() ? zombie.tracer().getAsLong() : "not shown")),
                    "end the tracer (a debugger, strace), or let it wait; then the parent is told");
        }
        if (zombie.state().equals(ZombieState.KERNEL_CHILD)) {
            return new Finding(
                    Kind.KERNEL_CHILD,
                    "Its parent is a kernel thread, which waits for its children itself and has not done so yet.",
                    List.of("its state: " + zombie.state(), parentEvidence(zombie)),
                    "wait for the kernel thread, and see in the kernel log whether it hangs; the kernel module refuses"
                            + " to reap its children");
        }
        Optional<Finding> ofParentThatMayWait =
                parent.flatMap(condition -> mayWait(zombie, condition)).or(() -> mayWaitByTheModule(zombie));
        return ofParentThatMayWait.orElseGet(() ->
                parent.map(condition -> ofParent(zombie, condition, placement)).orElseGet(() -> unseen(zombie)));
    }

    /** The parent cannot run, and nobody can say that it will not wait afterwards. */
    private static Optional<Finding> mayWait(Zombie zombie, ParentCondition parent) {
        long pid = zombie.parentPid();
        if (parent.frozen().isPresent()) {
            return Optional.of(new Finding(
                    Kind.PARENT_FROZEN,
                    "Its parent is frozen and cannot wait for it before it is thawed.",
                    List.of(parent.frozen().get()),
                    DO_NOT_REAP + "Thaw it: docker unpause, podman unpause or systemctl thaw, whichever froze it"));
        }
        if (parent.stopped() && parent.tracer().isPresent()) {
            long tracer = parent.tracer().getAsLong();
            return Optional.of(new Finding(
                    Kind.PARENT_STOPPED,
                    "Its parent is stopped, in the hands of a tracer, and cannot wait for it before it goes on.",
                    List.of(
                            "State of " + statusFile(pid) + ": stopped",
                            "TracerPid of " + statusFile(pid) + ": " + tracer),
                    DO_NOT_REAP + "Let the tracer " + tracer
                            + " (a debugger, strace) continue or detach it; if a signal"
                            + " stopped it too: kill -CONT " + pid));
        }
        if (parent.stopped()) {
            return Optional.of(new Finding(
                    Kind.PARENT_STOPPED,
                    "Its parent is stopped and cannot wait for it before it goes on.",
                    List.of("State of " + statusFile(pid) + ": stopped"),
                    DO_NOT_REAP + "Continue it: kill -CONT " + pid + ", or end what stopped it"));
        }
        if (parent.uninterruptible()) {
            return Optional.of(new Finding(
                    Kind.PARENT_STUCK,
                    "Its parent is in an uninterruptible sleep and cannot wait for it before that is over.",
                    stuckEvidence(pid, parent),
                    DO_NOT_REAP
                            + "See what it sleeps for: a device, a server, or a child after vfork that has not called"
                            + " exec yet"));
        }
        return Optional.empty();
    }

    /** What the kernel module saw of the parent, and {@code /proc} does not show, or not any more. */
    private static Optional<Finding> mayWaitByTheModule(Zombie zombie) {
        if (zombie.state().equals(ZombieState.PARENT_STOPPED)) {
            return Optional.of(new Finding(
                    Kind.PARENT_STOPPED,
                    "Its parent was stopped, traced or frozen when the kernel module looked, and could not wait for"
                            + " it.",
                    List.of("its state: " + zombie.state()),
                    DO_NOT_REAP + "Look at the state, the tracer and the cgroup of process " + zombie.parentPid()));
        }
        if (zombie.spared().equals(Optional.of(ZombieState.PARENT_BUSY))) {
            return Optional.of(new Finding(
                    Kind.PARENT_BUSY,
                    "Its parent was in an uninterruptible sleep when the kernel module looked, or not told of it yet.",
                    List.of("its reason to be spared: " + ZombieState.PARENT_BUSY),
                    DO_NOT_REAP + "Ask again in a moment"));
        }
        return Optional.empty();
    }

    private static Finding ofParent(Zombie zombie, ParentCondition parent, Optional<Placement> placement) {
        long pid = zombie.parentPid();
        if (parent.namespaceInit() && parent.runtime() != ProgramRuntime.INIT) {
            return noInit(pid, parent, placement);
        }
        if (parent.runtime().waitsOnlyForItsOwn()) {
            return new Finding(
                    Kind.INHERITED_CHILD,
                    "Its parent waits only for children that it started itself, and most likely got this one when a"
                            + " shell that had started it in the background became the parent by exec.",
                    List.of("the parent's program is of the kind " + parent.runtime(), sigchldEvidence(pid, parent)),
                    "do not start anything in the background before exec in a start script; start it under an init"
                            + " (tini, dumb-init), as a service of its own, or by a double fork");
        }
        if (parent.sigchldBlocked()) {
            return new Finding(
                    Kind.SIGCHLD_BLOCKED,
                    "Its parent blocks SIGCHLD and so is not told that its children end.",
                    List.of("SigBlk of " + statusFile(pid) + " has SIGCHLD"),
                    "unblock SIGCHLD, also before exec: the mask is inherited; or read it from a signalfd and wait");
        }
        return ofDisposition(pid, parent);
    }

    private static Finding ofDisposition(long pid, ParentCondition parent) {
        List<String> evidence = new ArrayList<>(List.of(sigchldEvidence(pid, parent)));
        parent.wchan().ifPresent(wchan -> evidence.add("wchan of " + pid + ": " + wchan));
        return switch (parent.sigchld()) {
            case IGNORED ->
                new Finding(
                        Kind.SIGCHLD_IGNORED_LATE,
                        "Its parent ignores SIGCHLD, but began to after this child had ended.",
                        evidence,
                        "ignore SIGCHLD before the first child is started; then no child becomes a zombie");
            case CAUGHT ->
                new Finding(
                        Kind.HANDLER_DOES_NOT_WAIT,
                        "Its parent handles SIGCHLD, and has not waited for every child that the signal stood for.",
                        evidence,
                        WAIT_IN_HANDLER);
            case DEFAULT ->
                new Finding(
                        Kind.NEVER_WAITS,
                        "Its parent takes no notice of children that end, and has not waited for this one.",
                        evidence,
                        "wait for every child; or, if nobody wants exit codes, set SIGCHLD to SIG_IGN (or SA_NOCLDWAIT)"
                                + " before the first one, or start children by a double fork");
        };
    }

    private static Finding noInit(long pid, ParentCondition parent, Optional<Placement> placement) {
        List<String> evidence = new ArrayList<>(List.of(
                "NSpid of " + statusFile(pid) + " ends in 1: it is process 1 of its PID namespace",
                "its program is of the kind " + parent.runtime() + ", not an init"));
        placement
                .flatMap(Placement::container)
                .ifPresent(c -> evidence.add(
                        "its cgroup is that of the container " + CommandName.of(c.id()) + " of " + c.engine()));
        return new Finding(
                Kind.NO_INIT,
                "Its parent is process 1 of a container, so it is given every orphan there, and does not wait for"
                        + " them.",
                evidence,
                "run the container with an init (docker run --init, podman run --init, tini or dumb-init as its entry"
                        + " point, or as what a start script ends in by exec; in Kubernetes"
                        + " shareProcessNamespace: true)");
    }

    private static Finding unseen(Zombie zombie) {
        return new Finding(
                Kind.PARENT_UNSEEN,
                "Its parent cannot be seen from here.",
                List.of(parentEvidence(zombie)),
                "look from the host, and as root");
    }

    private static List<String> stuckEvidence(long pid, ParentCondition parent) {
        List<String> evidence = new ArrayList<>(List.of("State of " + statusFile(pid) + ": D"));
        parent.wchan().ifPresent(wchan -> evidence.add("wchan of " + pid + ": " + wchan));
        return evidence;
    }

    private static String parentEvidence(Zombie zombie) {
        return "PPid of " + statusFile(zombie.pid()) + ": " + zombie.parentPid();
    }

    private static String sigchldEvidence(long pid, ParentCondition parent) {
        return "SIGCHLD in SigCgt, SigIgn of " + statusFile(pid) + ": "
                + switch (parent.sigchld()) {
                    case CAUGHT -> "caught";
                    case IGNORED -> "ignored";
                    case DEFAULT -> "in neither";
                };
    }

    private static String statusFile(long pid) {
        return "/proc/" + pid + "/status";
    }
}
