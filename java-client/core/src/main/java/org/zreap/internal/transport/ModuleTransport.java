// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.transport;

import java.util.List;
import org.zreap.ReapResult;
import org.zreap.Target;
import org.zreap.Zombie;
import org.zreap.internal.Progress;
import org.zreap.internal.wire.Order;

/**
 * A {@link org.zreap.Transport} at work. It keeps nothing between two calls, so the module judges
 * each call by what the caller may do at that moment.
 *
 * <p>Implementations are thread-safe.
 */
public interface ModuleTransport {

    /**
     * Sees whether the module can be used now.
     *
     * @throws org.zreap.ZreapException if it cannot
     */
    void probe();

    /**
     * The zombies that the kernel sees.
     *
     * @throws org.zreap.ZreapException if it does not say
     */
    List<Zombie> zombies();

    /**
     * Does to targets what is ordered, batch by batch until it is stopped.
     *
     * @param order what to do
     * @param targets to whom
     * @param progress gets the results, also those before a failure
     * @return one result for each, in order; only those so far if it was stopped
     * @throws org.zreap.ZreapException if the request could not be made or not be carried through
     */
    List<ReapResult> carryOut(Order order, List<? extends Target> targets, Progress progress);
}
