// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

/** Hears of the looks at the zombies, in the thread of the watch. */
public interface LookListener {

    /** A look is done, and what the rules say about it. */
    void looked(Look look);

    /** Zombies cannot be listed. */
    void failed();
}
