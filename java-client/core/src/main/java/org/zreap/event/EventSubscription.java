// SPDX-License-Identifier: Apache-2.0
package org.zreap.event;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.zreap.ModuleMissingException;
import org.zreap.PermissionException;
import org.zreap.ZreapException;
import org.zreap.internal.Threads;
import org.zreap.internal.sys.Sys;
import org.zreap.internal.transport.EventSocket;

/**
 * Tells a listener of every result of the kernel module, from all callers and all transports. It
 * needs CAP_SYS_ADMIN and the initial network namespace.
 *
 * <pre>{@code
 * try (EventSubscription events = EventSubscription.open(event -> log.info("{}", event))) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Thread-safe. It has one daemon thread. The thread ends when the subscription is closed or no
 * more results can come.
 */
public final class EventSubscription implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final EventSocket socket;
    private final Thread thread;

    private EventSubscription(EventSocket socket, Thread thread) {
        this.socket = socket;
        this.thread = thread;
    }

    /**
     * Subscribes. The listener hears of all results from now on.
     *
     * @param listener who is told
     * @return the subscription
     * @throws ModuleMissingException if the module is not loaded
     * @throws PermissionException if this process may not subscribe
     * @throws ZreapException if it is not possible for another reason
     */
    public static EventSubscription open(EventListener listener) {
        return open(Sys.linux(), listener);
    }

    /** A subscription with other system calls, for tests. */
    static EventSubscription open(Sys sys, EventListener listener) {
        return open(sys, EventSubscription::daemon, listener);
    }

    /** A subscription with other system calls and in another thread, for tests. */
    static EventSubscription open(Sys sys, ThreadFactory threads, EventListener listener) {
        EventSocket socket = EventSocket.open(sys);
        try {
            EventSubscription subscription =
                    new EventSubscription(socket, threads.newThread(() -> socket.run(listener)));
            subscription.thread.start();
            return subscription;
        } catch (RuntimeException | Error e) {
            socket.close();
            throw e;
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "zreap-events-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Ends the subscription, and waits until the listener has returned, unless the listener itself
     * calls this. The listener gets no further results. A second call does nothing. An interrupt
     * ends the waiting. The thread stays marked as interrupted.
     */
    @Override
    public void close() {
        socket.stop();
        Threads.awaitEnd(thread);
    }
}
