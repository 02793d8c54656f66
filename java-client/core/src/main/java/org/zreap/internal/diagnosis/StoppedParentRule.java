// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Optional;
import java.util.regex.Pattern;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;

/** A signal, a tracer or a freezer keeps the parent from running. It may wait afterwards. */
final class StoppedParentRule implements Rule {

    /** A name without special characters for a shell. A cgroup may have any name. */
    private static final Pattern TYPEABLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation.parent().flatMap(parent -> {
            ParentState condition = parent.condition();
            if (condition.frozen().isPresent()) {
                return Optional.of(frozen(situation, parent, condition.frozen().get()));
            }
            if (!condition.stopped()) {
                return Optional.empty();
            }
            return Optional.of(
                    parent.thread(thread -> thread.state() == 't').isPresent() ? traced(parent) : stopped(parent));
        });
    }

    private static Finding frozen(Situation situation, ParentFacts parent, String evidence) {
        return Draft.of(Kind.PARENT_FROZEN, "Its parent is frozen and cannot wait for it before it is thawed.")
                .seen(evidence)
                .ifReapedSees(parent)
                .operator(situation
                        .placement()
                        .flatMap(placement -> placement.container())
                        .filter(container -> TYPEABLE.matcher(container.id()).matches())
                        .map(StoppedParentRule::thaw)
                        .orElse("thaw it: systemctl thaw UNIT, docker unpause, podman unpause, whichever froze it"))
                .leave("the parent may wait when it goes on. It goes on when its cgroup is thawed");
    }

    private static String thaw(Container container) {
        return switch (container.engine()) {
            case DOCKER -> "thaw it: docker unpause " + container.id();
            case PODMAN -> "thaw it: podman unpause " + container.id();
            case CONTAINERD -> "thaw it: ctr tasks resume " + container.id() + ", in its containerd namespace";
            case LXC -> "thaw it: lxc-unfreeze -n " + container.id() + ", or incus start " + container.id();
            default -> "thaw it by " + container.engine().label() + ", if that froze it, or by systemctl thaw";
        };
    }

    private static Finding stopped(ParentFacts parent) {
        long pid = parent.pid();
        return Draft.of(
                        Kind.PARENT_STOPPED,
                        "Its parent is stopped by a signal and cannot wait for it before it goes on.")
                .seen("State of /proc/" + pid + "/status: T (stopped)")
                .ifReapedSees(parent)
                .operator("continue it: kill -CONT " + pid)
                .leave("the parent may wait when it goes on. To let it: kill -CONT " + pid);
    }

    private static Finding traced(ParentFacts parent) {
        long pid = parent.pid();
        ParentState condition = parent.condition();
        String tracer = condition.tracer().isPresent()
                ? condition.tracer().getAsLong()
                        + parent.tracerName().map(name -> " (" + name + ")").orElse("")
                : "outside of this PID namespace";
        Draft draft = Draft.of(
                        Kind.PARENT_TRACED,
                        "Its parent is stopped by a tracer and cannot wait for it before the tracer lets it go on.")
                .seen("State of /proc/" + pid + "/status: t (tracing stop)")
                .seen("TracerPid of /proc/" + pid + "/status: "
                        + (condition.tracer().isPresent() ? condition.tracer().getAsLong() : "0"));
        if (parent.thread(thread -> thread.state() == 'T').isPresent()) {
            draft.seen("a signal has stopped it too: kill -CONT " + pid);
        }
        return draft.ifReapedSees(parent)
                .operator("let the tracer " + tracer + " continue or detach it")
                .leave("the parent may wait when it goes on. It goes on when the tracer " + tracer + " lets it");
    }
}
