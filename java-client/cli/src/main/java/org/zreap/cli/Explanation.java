// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import org.zreap.diagnosis.Diagnosis;
import org.zreap.diagnosis.LivingProcess;

/** How {@code zreap why} prints what it found out. */
interface Explanation {

    /** Prints a diagnosis. */
    void print(Diagnosis diagnosis);

    /** Prints what a living process is, and its zombies. */
    void print(LivingProcess process);
}
