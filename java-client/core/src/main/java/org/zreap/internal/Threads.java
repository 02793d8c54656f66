// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

/** Waits for threads. Stateless. */
public final class Threads {

    private Threads() {}

    /**
     * Waits until a thread has ended, unless it is the current one. An interrupt ends the waiting.
     * The thread stays marked as interrupted.
     */
    public static void awaitEnd(Thread thread) {
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
