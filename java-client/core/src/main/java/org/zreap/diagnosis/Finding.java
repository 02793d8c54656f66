// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * Why a zombie is there, what shows it, and what helps. Every text is in printable ASCII.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param kind the kind of cause
 * @param cause what is known of the cause, in a sentence or two
 * @param evidence what zreap saw that shows the cause
 * @param alternatives the causes that the evidence does not exclude; empty if it excludes all but
 *     one
 * @param effectOfForcedReap how the parent reacts if zreap takes the zombie; empty if zreap does
 *     not take it
 * @param fixes what to change so that no such zombie comes again, by who can change it
 * @param now what to do about this zombie
 */
public record Finding(
        Kind kind,
        String cause,
        List<String> evidence,
        List<Alternative> alternatives,
        Optional<String> effectOfForcedReap,
        List<Fix> fixes,
        NextStep now) {

    /**
     * Copies the lists.
     *
     * @param kind the kind of cause
     * @param cause what is known of the cause
     * @param evidence what zreap saw that shows the cause
     * @param alternatives the causes that the evidence does not exclude
     * @param effectOfForcedReap how the parent reacts if zreap takes the zombie
     * @param fixes what to change
     * @param now what to do about this zombie
     */
    public Finding {
        evidence = List.copyOf(evidence);
        alternatives = List.copyOf(alternatives);
        fixes = List.copyOf(fixes);
    }

    /**
     * Whether the evidence excludes every other cause.
     *
     * @return whether there is no alternative
     */
    public boolean isCertain() {
        return alternatives.isEmpty();
    }

    /** The kinds of cause. */
    public enum Kind {
        /** Other threads of the process live: it is not a zombie yet. */
        THREADS_LIVE,
        /**
         * The process was killed, but a thread of it sleeps in the kernel: it is not a zombie yet.
         */
        THREAD_STUCK,
        /** A tracer other than the parent holds the zombie. */
        TRACED,
        /** The parent itself traces the zombie. */
        TRACED_BY_PARENT,
        /** The parent is a kernel thread, whose children zreap leaves to it. */
        KERNEL_CHILD,
        /**
         * The kernel does not tell the parent of this child's end by SIGCHLD: the child was cloned
         * with another exit signal.
         */
        EXIT_SIGNAL,
        /** The parent is stopped by a signal, and may wait when it goes on. */
        PARENT_STOPPED,
        /** A tracer has stopped the parent, which may wait when it goes on. */
        PARENT_TRACED,
        /** The parent is frozen, and may wait when it goes on. */
        PARENT_FROZEN,
        /** The parent is in vfork until its new child calls exec or ends. */
        PARENT_IN_VFORK,
        /** The parent is in an uninterruptible sleep, and may wait when it goes on. */
        PARENT_STUCK,
        /**
         * The kernel has not told the parent yet, or the kernel module saw the parent busy. The
         * parent may wait soon.
         */
        PARENT_BUSY,
        /** The parent is in a wait that does not take this child. */
        PARENT_WAITS_FOR_OTHERS,
        /** The parent reads from a pipe that others hold open. */
        PARENT_READS_PIPE,
        /** The parent writes to a pipe that is full, and that others do not read. */
        PARENT_WRITES_PIPE,
        /** The end of a container waits for this zombie. */
        CONTAINER_HELD_UP,
        /** The parent is process 1, has crashed, and sleeps for ever. */
        INIT_CRASHED,
        /** The parent is a program that waits for every child. */
        REAPER_BEHIND,
        /** The parent is a program that waits for its children at times of its own. */
        WAITS_AT_TIMES,
        /** The child was started before the parent became its program by exec. */
        FROM_BEFORE_EXEC,
        /** The parent is process 1 but not an init, and the kernel gave it an orphan. */
        NO_INIT,
        /** The parent is process 1 and started the child itself. */
        OWN_CHILD_OF_INIT,
        /** The parent is process 1. The child is its own or an orphan. */
        CHILD_OR_ORPHAN_OF_INIT,
        /** The parent is a subreaper, and the kernel gave it an orphan. */
        ORPHAN_OF_SUBREAPER,
        /**
         * The parent waits by PID for the children that it starts. It did not start this child.
         */
        NOT_ITS_OWN,
        /**
         * The parent started the child but does not call the wait that its language requires.
         */
        STARTED_WITHOUT_WAIT,
        /** The parent blocks SIGCHLD. */
        SIGCHLD_BLOCKED,
        /** The parent began to ignore SIGCHLD after the child had ended. */
        SIGCHLD_IGNORED_LATE,
        /** The parent handles SIGCHLD and still did not wait. */
        HANDLER_DOES_NOT_WAIT,
        /** The parent does not react to children that end, and has not waited so far. */
        NEVER_WAITS,
        /** The parent is outside of the PID namespace. */
        PARENT_OUTSIDE,
        /** The parent cannot be seen from here. */
        PARENT_UNSEEN
    }
}
