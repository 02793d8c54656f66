// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Instant;

/** Hears what the looks of a {@link Watch} see. The thread that watches calls it, and waits for it. */
public interface LookListener {

    /** A look is done, and what the rules say about it. */
    void looked(Look look);

    /** The zombies could not be listed. */
    void failed(Instant time, String why);
}
