// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
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

    /** Beginnings of names. A part of a name is not enough: a futex has futex_do_wait. */
    private static final List<String> WAITS = List.of("do_wait", "__do_wait", "kernel_wait");

    /** Whether it sleeps in a kernel function whose name contains this text. */
    public boolean sleepsIn(String function) {
        return wchan.filter(name -> name.contains(function)).isPresent();
    }

    /** Whether it sleeps in a wait for a child: wait4, waitid or one of their like. */
    public boolean sleepsInWait() {
        return wchan.filter(name -> WAITS.stream().anyMatch(name::startsWith)).isPresent();
    }

    /** The thread and the function that it sleeps in, for people. */
    public String described() {
        return "thread " + tid + ": state " + state
                + wchan.map(name -> ", wchan " + name).orElse("");
    }
}
