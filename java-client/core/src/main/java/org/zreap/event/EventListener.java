// SPDX-License-Identifier: Apache-2.0
package org.zreap.event;

import org.zreap.ModuleMissingException;
import org.zreap.Zreap;
import org.zreap.ZreapException;

/**
 * Hears of results. It is called by one thread at a time, that of the {@link EventSubscription};
 * while it works, the kernel keeps what comes, as far as there is room. What it throws is logged,
 * and it is called again for the next result.
 */
@FunctionalInterface
public interface EventListener {

    /**
     * There is a result.
     *
     * @param event the result
     */
    void onResult(ResultEvent event);

    /**
     * Results were lost, since the listener was too slow. The last of them are in
     * {@code /proc/zreap_recent}, for {@link Zreap#recent} to read. Does nothing unless overridden.
     */
    default void onLost() {}

    /**
     * There will be no more results, without anybody having closed the subscription. Does nothing
     * unless overridden.
     *
     * @param cause why: {@link ModuleMissingException} if the module was unloaded
     */
    default void onEnd(ZreapException cause) {}
}
