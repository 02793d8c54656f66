// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

import java.util.Locale;

/** The actions of the module. */
public enum Verb {
    /** Let the kernel wait for zombies. */
    REAP,
    /** Give zombies to a process that waits for them. */
    ADOPT,
    /** Remove zombies without a wait. */
    RELEASE;

    /** The verb as {@code /proc/zreap} names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
