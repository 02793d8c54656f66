// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * What a request to reap a zombie would meet at the moment of looking.
 *
 * <p>Immutable and so thread-safe. The constants are the states known here; a newer module may name others, which are
 * equal to none of them.
 *
 * @param word the state as {@code /proc/zreap} names it
 */
public record ZombieState(String word) {

    /** It can be reaped. */
    public static final ZombieState REAPABLE = new ZombieState("reapable");
    /** Only its leader is dead: other threads of the process live, so it is no zombie yet. */
    public static final ZombieState THREADS = new ZombieState("threads");
    /** A tracer holds it. */
    public static final ZombieState TRACED = new ZombieState("traced");
    /** It is a child of a kernel thread. */
    public static final ZombieState KERNEL_CHILD = new ZombieState("kernel-child");

    /**
     * Whether it can be reaped.
     *
     * @return whether this is {@link #REAPABLE}
     */
    public boolean isReapable() {
        return equals(REAPABLE);
    }

    @Override
    public String toString() {
        return word;
    }
}
