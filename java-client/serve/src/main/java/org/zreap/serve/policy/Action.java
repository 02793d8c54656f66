// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

/** A step that a rule may take, the gentlest first. */
public enum Action {
    /** Write down what there is, and touch nothing. */
    REPORT,
    /** Send SIGCHLD to the parent. */
    NUDGE,
    /** Give the zombie to the init or subreaper that would inherit it. */
    ADOPT,
    /** Reap the zombie. */
    REAP;

    /** Whether it takes the zombie from its parent. */
    public boolean takesZombie() {
        return this == ADOPT || this == REAP;
    }

    /** How files and records name it. */
    public String word() {
        return Shapes.wordOf(this);
    }
}
