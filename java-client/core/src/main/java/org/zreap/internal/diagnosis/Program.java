// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import org.zreap.CommandName;
import org.zreap.diagnosis.ProgramRuntime;

/**
 * What a process runs.
 *
 * @param runtime the kind of program
 * @param name the name of its file or script, safe to print
 * @param waits how it waits for children
 */
public record Program(ProgramRuntime runtime, String name, Waits waits) {

    /** How a program waits for children. */
    public enum Waits {
        /** For every child, as soon as it ends. */
        FOR_ANY,
        /** For every child, if it handles SIGCHLD. */
        FOR_ANY_IF_TOLD,
        /** For every child, whenever it waits for one. */
        FOR_ANY_AT_TIMES,
        /** For the children that it starts, each by its PID, at times of its own. */
        FOR_ITS_OWN_AT_TIMES,
        /** For the children that it starts, each by its PID. */
        FOR_ITS_OWN,
        /** It starts no child and waits for none. */
        FOR_NONE,
        /** Unknown. */
        UNKNOWN
    }

    /**
     * Whether it waits for every child as soon as the child ends, given whether SIGCHLD reaches it.
     */
    public boolean collectsAll(boolean isTold) {
        return waits == Waits.FOR_ANY || (waits == Waits.FOR_ANY_IF_TOLD && isTold);
    }

    static Program of(ProgramRuntime runtime, String name, Waits waits) {
        return new Program(runtime, CommandName.of(name).toString(), waits);
    }
}
