// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

/** What a process has asked the kernel to do with a signal. */
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
