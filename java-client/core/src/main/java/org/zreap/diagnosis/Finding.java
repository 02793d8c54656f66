// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.List;

/**
 * Why a zombie is there and what helps for good.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param kind the kind of cause
 * @param cause the cause, in a sentence
 * @param evidence what was seen that it rests on, in printable ASCII
 * @param fix what to change
 */
public record Finding(Kind kind, String cause, List<String> evidence, String fix) {

    /**
     * Copies the list.
     *
     * @param kind the kind of cause
     * @param cause the cause, in a sentence
     * @param evidence what was seen that it rests on, in printable ASCII
     * @param fix what to change
     */
    public Finding {
        evidence = List.copyOf(evidence);
    }

    /** The kinds of cause. */
    public enum Kind {
        /** Other threads of the process live: it is no zombie yet. */
        THREADS_LIVE,
        /** A tracer holds the zombie. */
        TRACED,
        /** The parent is a kernel thread, whose children zreap leaves to it. */
        KERNEL_CHILD,
        /** The parent is stopped, by a signal or a tracer, and may wait when it goes on. */
        PARENT_STOPPED,
        /** The parent is frozen, and may wait when it goes on. */
        PARENT_FROZEN,
        /** The parent is in an uninterruptible sleep, and may wait when it goes on. */
        PARENT_STUCK,
        /** The kernel module says that the parent is in such a sleep or not told yet. It may wait in a moment. */
        PARENT_BUSY,
        /** The parent is not an init and is given orphans. */
        NO_INIT,
        /** The parent was given a child that it does not know of. */
        INHERITED_CHILD,
        /** The parent blocks SIGCHLD. */
        SIGCHLD_BLOCKED,
        /** The parent began to ignore SIGCHLD after the child had ended. */
        SIGCHLD_IGNORED_LATE,
        /** The parent handles SIGCHLD and still did not wait. */
        HANDLER_DOES_NOT_WAIT,
        /** The parent does not look after its children at all. */
        NEVER_WAITS,
        /** The parent cannot be seen from here. */
        PARENT_UNSEEN
    }
}
