// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.List;
import java.util.function.Consumer;

/**
 * What the live screen shows and does. Everything may throw a {@link org.zreap.ZreapException}.
 *
 * <p>One thread calls {@link #look} and {@link #explain}. Another one may call {@link #fix} at the same time.
 */
interface TopSource {

    /** Looks once. */
    TopLook look();

    /** What {@code zreap why} says about the zombies of a parent, as lines. */
    List<String> explain(TopRow parent);

    /** Takes the steps of {@code zreap fix --parent} for a parent, and tells each line. */
    void fix(TopRow parent, Consumer<String> line);
}
