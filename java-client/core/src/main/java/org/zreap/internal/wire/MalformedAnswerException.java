// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

/** An answer of the module that is not what the contract promises. Immutable. */
public final class MalformedAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    /**
     * Says what is wrong.
     *
     * @param problem what, for people
     */
    public MalformedAnswerException(String problem) {
        super(problem);
        this.problem = problem;
    }

    /** What is wrong, for people. */
    public String problem() {
        return problem;
    }
}
