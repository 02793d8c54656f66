// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

/** How a process handles a signal. */
public enum SignalDisposition {
    /** A handler runs. */
    CAUGHT,
    /**
     * The process ignores the signal. For SIGCHLD: children that end from then on do not become
     * zombies.
     */
    IGNORED,
    /** The signal's default action; for SIGCHLD: nothing. */
    DEFAULT
}
