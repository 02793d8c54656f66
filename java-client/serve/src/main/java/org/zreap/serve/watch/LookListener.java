// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Instant;
import java.util.function.Supplier;

/** Hears what the looks of a {@link Watch} see. The thread that watches calls it, and waits for it. */
public interface LookListener {

    /**
     * A look is done, and what the rules say about it.
     *
     * @param look makes what it saw, at the cost of that, only during this call
     */
    void looked(Supplier<Look> look);

    /** The zombies could not be listed. */
    void failed(Instant time, String why);
}
