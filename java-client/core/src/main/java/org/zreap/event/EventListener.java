// SPDX-License-Identifier: Apache-2.0
package org.zreap.event;

import org.zreap.ModuleMissingException;
import org.zreap.Zreap;
import org.zreap.ZreapException;

/**
 * Receives results. Only the thread of the {@link EventSubscription} calls it. While it works, the
 * kernel queues new results until the queue is full. If it throws, the subscription logs the
 * exception and calls it again for the next result.
 */
@FunctionalInterface
public interface EventListener {

    /**
     * Receives one result.
     *
     * @param event the result
     */
    void onResult(ResultEvent event);

    /**
     * The kernel dropped results because the listener was too slow. {@link Zreap#recent} reads the
     * last of them from {@code /proc/zreap_recent}. The default does nothing.
     */
    default void onLost() {}

    /**
     * The subscription ends although nobody has closed it. No more results come. The default does
     * nothing.
     *
     * @param cause why: {@link ModuleMissingException} if the module was unloaded
     */
    default void onEnd(ZreapException cause) {}
}
