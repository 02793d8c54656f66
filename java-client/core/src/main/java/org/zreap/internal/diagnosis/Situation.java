// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.Zombie;
import org.zreap.diagnosis.Placement;
import org.zreap.diagnosis.ProgramRuntime;

/**
 * The input of a rule.
 *
 * @param zombie the zombie
 * @param own what was seen of it
 * @param parent what was seen of its parent
 * @param endingInit process 1 of its PID namespace, if that has ended and waits for the namespace
 *     to become empty
 * @param heldOutput the output of the zombie, if its parent may read that first
 * @param placement where the zombie belongs, or its parent where that is not known
 * @param alike the zombies that are in the same situation
 * @param siblings how many zombies its parent has
 */
public record Situation(
        Zombie zombie,
        ZombieFacts own,
        Optional<ParentFacts> parent,
        Optional<EndingInits.EndingInit> endingInit,
        Optional<HeldOutputs.HeldOutput> heldOutput,
        Optional<Placement> placement,
        List<Zombie> alike,
        int siblings) {

    /**
     * A parent calls exec soon after its start. If a child starts this much later, it hardly
     * started before that exec.
     */
    private static final long LONG_AFTER_TICKS = 6000;

    /** The most zombies that a text names one by one. */
    private static final int NAMED = 20;

    /** When a child started, seen from its parent's exec. */
    public enum Origin {
        /** It started before the exec. */
        BEFORE_EXEC,
        /** It started after the exec. */
        AFTER_EXEC,
        /** It started so long after its parent that it hardly started before the exec. */
        LONG_AFTER_PARENT,
        /** Nobody can say. */
        UNKNOWN
    }

    /** The zombie's PID. */
    public long pid() {
        return zombie.pid();
    }

    /** The parent's PID. */
    public long parentPid() {
        return zombie.parentPid();
    }

    /** Whether the zombie started before its parent's last exec or after it. */
    public Origin origin() {
        if (parent.isEmpty()) {
            return Origin.UNKNOWN;
        }
        OptionalLong oldest = parent.get().oldestThread();
        if (oldest.isPresent() && own.startTicks() > oldest.getAsLong()) {
            return Origin.AFTER_EXEC;
        }
        if (oldest.isPresent()
                && parent.get().allThreadsSeen()
                && parent.get().program().runtime().waitsOnlyForItsOwn()
                && own.startTicks() < oldest.getAsLong() + ticksBeforePrograms(parent.get())) {
            return Origin.BEFORE_EXEC;
        }
        return own.startTicks() - parent.get().stat().identity().startTicks() > LONG_AFTER_TICKS
                ? Origin.LONG_AFTER_PARENT
                : Origin.UNKNOWN;
    }

    /**
     * The least time between the start of a runtime's first thread and the program's first child.
     * Every runtime starts its own threads first. Go runs the program at once. The others take
     * longer than a tick.
     */
    private static int ticksBeforePrograms(ParentFacts parent) {
        return parent.program().runtime() == ProgramRuntime.GO ? 0 : 1;
    }

    /** The evidence for the {@link #origin}. */
    public List<String> originEvidence() {
        return parent.map(p -> switch (origin()) {
                    case BEFORE_EXEC ->
                        List.of("it started at tick " + own.startTicks()
                                + ", the oldest other thread of its parent at "
                                + p.oldestThread().orElse(0) + ": before the program could start a child");
                    case AFTER_EXEC ->
                        List.of("it started at tick " + own.startTicks() + ", after a thread of its parent ("
                                + p.oldestThread().orElse(0) + "), so after the parent's exec");
                    case LONG_AFTER_PARENT ->
                        List.of("it started at tick " + own.startTicks() + ", its parent at "
                                + p.stat().identity().startTicks() + ": long after it");
                    case UNKNOWN -> List.<String>of();
                })
                .orElse(List.of());
    }

    /** The command that removes the zombies of this situation. */
    public String reapCommand() {
        if (alike.size() > NAMED && alike.size() == siblings) {
            return "zreap sweep --parent=" + parentPid();
        }
        StringBuilder command = new StringBuilder("zreap reap");
        alike.stream().limit(NAMED).forEach(z -> command.append(' ').append(z.identity()));
        return alike.size() > NAMED
                ? command.append("   (and ")
                        .append(alike.size() - NAMED)
                        .append(" others)")
                        .toString()
                : command.toString();
    }
}
