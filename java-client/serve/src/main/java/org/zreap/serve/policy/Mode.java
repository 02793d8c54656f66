// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

/** Whether rules act. */
public enum Mode {
    /** Every rule only reports. */
    REPORT,
    /** Rules take their steps. */
    ACT;

    /** How files name it. */
    public String word() {
        return Shapes.wordOf(this);
    }
}
