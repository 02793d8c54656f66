// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.Zombie;
import org.zreap.ZombieState;
import org.zreap.diagnosis.Placement;

/**
 * The values that decide on the cause. Zombies with equal values have the same cause.
 *
 * @param parent the parent's PID
 * @param state the zombie's state
 * @param spared why a sweep leaves it
 * @param tracer who traces it
 * @param withThreads its own PID, if other threads of it live
 * @param exitSignal the signal that its parent gets
 * @param origin when it started, seen from its parent
 * @param pidNamespace its PID namespace
 * @param placement where it belongs
 * @param session the owner of its session
 * @param isFirst whether it is the first child of process 1 of its namespace
 * @param isFollowed whether its parent holds a pidfd of it
 * @param isLate whether it has been a zombie for long
 */
public record Likeness(
        long parent,
        ZombieState state,
        Optional<ZombieState> spared,
        OptionalLong tracer,
        OptionalLong withThreads,
        Optional<Integer> exitSignal,
        Situation.Origin origin,
        Optional<String> pidNamespace,
        Optional<Placement> placement,
        Session session,
        boolean isFirst,
        boolean isFollowed,
        boolean isLate) {

    /** The owner of a zombie's session. */
    public enum Session {
        /** The zombie itself. */
        OWN,
        /** The parent's session. */
        OF_PARENT,
        /** Another session, or unknown. */
        OTHER
    }

    /** The likeness of a zombie. */
    public static Likeness of(Zombie zombie, ZombieFacts own, Optional<ParentFacts> parent) {
        Situation.Origin origin = new Situation(
                        zombie, own, parent, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), 0)
                .origin();
        return new Likeness(
                zombie.parentPid(),
                zombie.state(),
                zombie.spared(),
                zombie.tracer(),
                zombie.livingThreads() > 0 ? OptionalLong.of(zombie.pid()) : OptionalLong.empty(),
                own.exitSignal(),
                origin,
                own.pidNamespace(),
                own.placement(),
                session(own, parent),
                own.innermostPid().orElse(0) == 2
                        && parent.filter(p -> p.condition().namespaceInit()).isPresent(),
                parent.filter(p -> p.followed().contains(zombie.pid())).isPresent(),
                isLate(zombie.age()));
    }

    /** Whether a program that waits for every child would have waited by now. */
    static boolean isLate(Optional<Duration> age) {
        return age.filter(old -> old.compareTo(Duration.ofSeconds(10)) > 0).isPresent();
    }

    private static Session session(ZombieFacts own, Optional<ParentFacts> parent) {
        if (own.nsSession().isPresent() && own.nsSession().equals(own.innermostPid())) {
            return Session.OWN;
        }
        return parent.filter(p -> p.nsSession().equals(own.nsSession())).isPresent()
                ? Session.OF_PARENT
                : Session.OTHER;
    }
}
