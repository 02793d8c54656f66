// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

/**
 * What to do about a zombie now.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param action what kind of step it is
 * @param text the command to type, or {@code do not reap} and until when
 */
public record NextStep(Action action, String text) {

    /** Kinds of step. */
    public enum Action {
        /** Let zreap take the zombie. */
        REAP,
        /** Remind the parent by SIGCHLD. */
        NUDGE,
        /** Act on a process other than the zombie. */
        ACT_ELSEWHERE,
        /** Leave the zombie alone. */
        LEAVE
    }
}
