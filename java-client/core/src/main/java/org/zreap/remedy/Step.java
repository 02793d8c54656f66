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
     * Sends SIGCHLD to the parent and gives it time to wait. The parent may have missed an earlier
     * SIGCHLD.
     *
     * @param patience how long to wait for the zombie to go; zero looks once
     */
    record Nudge(Duration patience) implements Step {}

    /** Reaps the zombie with the kernel module. The parent lives on. */
    record Reap() implements Step {}

    /**
     * Hands the zombie with the kernel module to the init or subreaper that would inherit it, and
     * gives that process time to wait. The parent lives on. The adopter gets the exit status, as it
     * does for an orphan.
     *
     * @param patience how long to wait for the zombie to go; zero looks once
     */
    record AdoptByInit(Duration patience) implements Step {}

    /**
     * Kills the parent (SIGKILL), so that the zombie goes to an init or subreaper. The step kills
     * only the named parent, and never a stopped, traced or frozen one.
     *
     * @param parent the process to kill, if it is the zombie's parent
     * @param patience how long to wait for the zombie to go; zero looks once
     */
    record KillParent(ProcessIdentity parent, Duration patience) implements Step {}
}
