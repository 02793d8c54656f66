// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

/** The end of threads. */
public final class Threads {

    private Threads() {}

    /**
     * Waits until a thread has ended, unless it is the current one. An interrupt ends the waiting,
     * and is kept.
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
