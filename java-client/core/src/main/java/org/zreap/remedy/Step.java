// SPDX-License-Identifier: Apache-2.0
package org.zreap.remedy;

import java.time.Duration;
import org.zreap.ProcessIdentity;

/**
 * A step of a {@link Ladder}.
 *
 * <p>Immutable and so thread-safe.
 */
public sealed interface Step {

    /**
     * Sends SIGCHLD to the parent, which may have missed it, and gives it time to wait.
     *
     * @param patience how long to wait for the zombie to go; zero looks once
     */
    record Nudge(Duration patience) implements Step {}

    /** Reaps the zombie by the kernel module; the parent lives on. */
    record Reap() implements Step {}

    /**
     * Hands the zombie by the kernel module to the init or subreaper that would inherit it, and
     * gives that time to wait. The parent lives on, and the exit status goes where that of an
     * orphan goes.
     *
     * @param patience how long to wait for the zombie to go; zero looks once
     */
    record AdoptByInit(Duration patience) implements Step {}

    /**
     * Kills the parent (SIGKILL), so that the zombie goes to an init. Only a parent that is named
     * is killed, and none that is stopped, traced or frozen.
     *
     * @param parent the process to kill, if it is the zombie's parent
     * @param patience how long to wait for the zombie to go; zero looks once
     */
    record KillParent(ProcessIdentity parent, Duration patience) implements Step {}
}
