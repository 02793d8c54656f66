// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import org.zreap.CommandName;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;
import org.zreap.diagnosis.ProgramRuntime;
import org.zreap.internal.diagnosis.Program.Waits;
import org.zreap.internal.diagnosis.Situation.Origin;

/**
 * The parent is process 1 of its PID namespace. It inherits orphans there, and does not wait for
 * all.
 */
final class NamespaceInitRule implements Rule {

    private static final String BY_EXEC = "a start script started it and then became the parent by exec";
    private static final String ENTRY_POINT = "the entry point of the image";
    private static final String INIT_FIX =
            "make an init the entry point, with the program as its child: tini or dumb-init";

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .parent()
                .filter(parent -> parent.condition().namespaceInit())
                .map(parent -> find(situation, parent));
    }

    private static Finding find(Situation situation, ParentFacts parent) {
        if (isFirstChild(situation, parent)) {
            return own(situation, parent);
        }
        if (isOfOtherSession(situation, parent)) {
            return adopted(situation, parent)
                    .seen("NSsid of /proc/" + situation.pid() + "/status: "
                            + situation.own().nsSession().orElse(0)
                            + ", a session that neither it nor process 1 made; so another process started it")
                    .reap(situation);
        }
        Waits waits = parent.program().waits();
        boolean startsNone = waits == Waits.FOR_NONE || waits == Waits.FOR_ANY_IF_TOLD;
        boolean waitsForItsOwn = waits == Waits.FOR_ITS_OWN && parent.program().runtime() != ProgramRuntime.GO;
        return startsNone || waitsForItsOwn ? byProgram(situation, parent, startsNone) : either(situation, parent);
    }

    /** The kernel gives out PIDs below 300 only once, so PID 2 is the first child of process 1. */
    private static boolean isFirstChild(Situation situation, ParentFacts parent) {
        return isOfSameNamespace(situation, parent)
                && situation.own().innermostPid().orElse(0) == 2
                && situation.own().nsPids().size() > 1;
    }

    private static boolean isOfOtherSession(Situation situation, ParentFacts parent) {
        long session = situation.own().nsSession().orElse(0);
        return isOfSameNamespace(situation, parent)
                && session != 0
                && parent.nsSession().isPresent()
                && session != parent.nsSession().getAsLong()
                && session != situation.own().innermostPid().orElse(session);
    }

    private static boolean isOfSameNamespace(Situation situation, ParentFacts parent) {
        return situation.own().nsPids().size() == parent.nsPids().size();
    }

    private static Finding own(Situation situation, ParentFacts parent) {
        Draft draft = withPlace(
                        Draft.of(
                                Kind.OWN_CHILD_OF_INIT,
                                "Its parent, " + parent.described()
                                        + ", is process 1 of its PID namespace, has started this child itself, and has"
                                        + " not waited for it. An init in front of it changes nothing."),
                        situation,
                        parent)
                .seen("NSpid of /proc/" + situation.pid()
                        + "/status ends in 2: the first process that process 1 started");
        if (situation.origin() == Origin.UNKNOWN) {
            draft.unless(BY_EXEC, ENTRY_POINT);
        }
        return draft.ifReapedSees(parent)
                .author("wait for every child that it starts")
                .reap(situation);
    }

    private static Draft adopted(Situation situation, ParentFacts parent) {
        Draft draft = withPlace(
                        Draft.of(
                                Kind.NO_INIT,
                                "Its parent, " + parent.described()
                                        + ", is process 1 of its PID namespace, so it is given every orphan there, and"
                                        + " does not wait for them."),
                        situation,
                        parent)
                .ifReapedNothing();
        if (parent.program().name().equals("pause")) {
            return draft.seen("it has no handler for SIGCHLD")
                    .operator("let the container runtime use a pause image that waits for orphans, such as that of"
                            + " Kubernetes itself (sandbox_image, pause_image)");
        }
        return operatorFix(draft, situation).image(INIT_FIX);
    }

    private static Draft operatorFix(Draft draft, Situation situation) {
        Optional<Container> container = situation.placement().flatMap(placement -> placement.container());
        if (container.filter(c -> c.podUid().isPresent()).isPresent()) {
            return draft.operator("set shareProcessNamespace: true in the pod: then pause is process 1, and waits");
        }
        return container
                .map(Container::engine)
                .map(engine -> switch (engine) {
                    case DOCKER -> draft.operator("run the container with docker run --init (init: true in Compose)");
                    case PODMAN -> draft.operator("run the container with podman run --init");
                    case ECS -> draft.operator("set initProcessEnabled in linuxParameters of the task definition");
                    default -> draft;
                })
                .orElse(draft);
    }

    private static Finding byProgram(Situation situation, ParentFacts parent, boolean startsNone) {
        String program = parent.program().name();
        Draft draft = adopted(situation, parent)
                .seen("its program, " + program
                        + (startsNone ? ", starts no child" : ", waits for each child that it starts itself"))
                .seen(situation.originEvidence());
        if (situation.origin() != Origin.AFTER_EXEC && situation.origin() != Origin.LONG_AFTER_PARENT) {
            draft.unless(
                    "a start script left it in the background and then became " + program
                            + " by exec; then an init alone does not help",
                    ENTRY_POINT);
        }
        if (!startsNone) {
            draft.unless(
                    "native code in the program has started it and does not wait",
                    "whether the name of the zombie is one that the program starts");
        }
        return draft.reap(situation);
    }

    private static Finding either(Situation situation, ParentFacts parent) {
        Draft draft = withPlace(
                        Draft.of(
                                Kind.CHILD_OR_ORPHAN_OF_INIT,
                                "Its parent, " + parent.described()
                                        + ", is process 1 of its PID namespace and has not waited for it. It is a"
                                        + " child of its own, or an orphan that it was given."),
                        situation,
                        parent)
                .seen(situation.originEvidence())
                .seen(
                        parent.condition().waiting()
                                ? List.of("it is in a wait that has not taken this child, so one for others")
                                : List.of())
                .unless(
                        "it has started the child itself; then an init in front changes nothing",
                        "whether its program starts " + situation.zombie().name())
                .unless(
                        "it was given an orphan; then an init helps",
                        "whether zombies come under the program when it runs under an init")
                .ifReapedSees(parent)
                .author(
                        parent.program().runtime() == ProgramRuntime.GO
                                ? "call Wait after every Start"
                                : "wait for every child that it starts");
        if (situation.origin() == Origin.UNKNOWN) {
            draft.unless(
                    "a start script started it and then became the parent by exec", "the entry point of the image");
        }
        return operatorFix(draft, situation).image(INIT_FIX).reap(situation);
    }

    private static Draft withPlace(Draft draft, Situation situation, ParentFacts parent) {
        draft.seen("NSpid of /proc/" + parent.pid() + "/status ends in 1");
        situation
                .placement()
                .flatMap(placement -> placement.container())
                .ifPresent(c -> draft.seen("its cgroup is that of the container " + CommandName.of(c.id()) + " of "
                        + c.engine().label()));
        return draft;
    }
}
