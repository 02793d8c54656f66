// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * Whether a request would take a zombie at this moment: {@code reapable}, or the result that
 * refuses it.
 *
 * <p>Immutable and so thread-safe. The constants are the states that this library knows. A newer
 * module may name others, which equal none of them.
 *
 * @param word the state as {@code /proc/zreap} names it
 */
public record ZombieState(String word) {

    /** It can be reaped. */
    public static final ZombieState REAPABLE = new ZombieState("reapable");
    /** Only its leader is dead. Other threads of the process live, so it is not a zombie yet. */
    public static final ZombieState THREADS = new ZombieState("threads");
    /** Its tracer is handing it over to its parent at this moment. */
    public static final ZombieState BUSY = new ZombieState("busy");
    /** In a container: this process may not touch it or its parent. */
    public static final ZombieState DENIED = new ZombieState("denied");
    /** A tracer holds it. */
    public static final ZombieState TRACED = new ZombieState("traced");
    /** It is a child of a kernel thread. */
    public static final ZombieState KERNEL_CHILD = new ZombieState("kernel-child");
    /**
     * Its parent cannot run now: it is stopped, traced or frozen. It may wait for the zombie when
     * it goes on.
     */
    public static final ZombieState PARENT_STOPPED = new ZombieState("parent-stopped");
    /**
     * Its parent is in an uninterruptible sleep, or has not been told yet. Only sweeps spare the
     * zombie for this reason.
     */
    public static final ZombieState PARENT_BUSY = new ZombieState("parent-busy");
    /**
     * It has been a zombie for less than a minimum age. Listings never have this state. A sweep may
     * spare a zombie for it.
     */
    public static final ZombieState YOUNG = new ZombieState("young");

    /**
     * Whether it can be reaped.
     *
     * @return whether this is {@link #REAPABLE}
     */
    public boolean isReapable() {
        return word.equals(REAPABLE.word);
    }

    /**
     * The state for people.
     *
     * @return a clause about the zombie; for a state that this library does not know, its word
     */
    public String explanation() {
        return switch (word) {
            case "reapable" -> "it can be reaped";
            case "threads" -> "threads of it live, so it is no zombie yet";
            case "busy" -> "its tracer is handing it over";
            case "denied" -> "outside of what the caller may touch";
            case "traced" -> "a tracer holds it";
            case "kernel-child" -> "it is a child of a kernel thread";
            case "parent-stopped" -> "its parent is stopped, traced or frozen, and may wait for it when it goes on";
            case "parent-busy" ->
                "its parent is in an uninterruptible sleep or not told yet, and may wait for it in a moment";
            case "young" -> "a zombie for less than the minimum age";
            default -> word;
        };
    }

    /** Whether a request by force takes a zombie in this state. */
    boolean isLiftedByForce() {
        return equals(PARENT_STOPPED) || equals(PARENT_BUSY);
    }

    @Override
    public String toString() {
        return word;
    }
}
