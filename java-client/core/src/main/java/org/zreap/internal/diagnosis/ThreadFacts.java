// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Optional;

/**
 * A thread that has not ended.
 *
 * @param tid its ID
 * @param state the letter of its state
 * @param startTicks when it started, in clock ticks since boot
 * @param wchan the kernel function that it sleeps in, if this process may know
 * @param blocksSigchld whether it blocks SIGCHLD
 * @param isKilled whether a SIGKILL waits for it, or it has begun to end
 */
public record ThreadFacts(
        long tid, char state, long startTicks, Optional<String> wchan, boolean blocksSigchld, boolean isKilled) {

    /** Whether it sleeps in a kernel function whose name contains this text. */
    public boolean sleepsIn(String function) {
        return wchan.filter(name -> name.contains(function)).isPresent();
    }

    /** The thread and the function that it sleeps in, for people. */
    public String described() {
        return "thread " + tid + ": state " + state
                + wchan.map(name -> ", wchan " + name).orElse("");
    }
}
