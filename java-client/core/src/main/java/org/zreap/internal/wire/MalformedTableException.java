// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

/** Bytes that are no table, or a cell that does not hold what its column promises. Immutable. */
public final class MalformedTableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    /**
     * Says what is wrong.
     *
     * @param problem what, for people
     */
    public MalformedTableException(String problem) {
        super(problem);
        this.problem = problem;
    }

    /** What is wrong, for people. */
    public String problem() {
        return problem;
    }
}
