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
     * Checks whether the module can be used now.
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
     * Carries out an order on targets, batch by batch, until the progress is stopped.
     *
     * @param order what to do
     * @param targets the processes
     * @param progress receives the results, also those before a failure
     * @return one result for each, in order; only the results so far if the progress was stopped
     * @throws org.zreap.ZreapException if the request could not be made or not be finished
     */
    List<ReapResult> carryOut(Order order, List<? extends Target> targets, Progress progress);
}
