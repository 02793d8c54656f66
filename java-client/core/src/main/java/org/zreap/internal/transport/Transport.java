// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.transport;

import java.util.List;
import org.zreap.ReapOptions;
import org.zreap.ReapResult;
import org.zreap.Target;
import org.zreap.Zombie;

/**
 * A way to the kernel module. Nothing is kept between two calls, so that each is judged by what the caller may at that
 * moment.
 *
 * <p>Implementations are thread-safe.
 */
public interface Transport {

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
     * Reaps targets and gives one result for each, in order; the time-out is not its business.
     *
     * @throws org.zreap.ZreapException if the request could not be made or not be carried through
     */
    List<ReapResult> reap(List<? extends Target> targets, ReapOptions options);
}
