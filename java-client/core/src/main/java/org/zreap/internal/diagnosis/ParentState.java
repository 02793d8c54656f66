// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.diagnosis.SignalDisposition;

/**
 * What a parent is doing.
 *
 * @param sigchld what it does with SIGCHLD
 * @param sigchldBlocked whether all its threads block SIGCHLD
 * @param stopped whether it cannot run because it is stopped, by a signal or a tracer
 * @param frozen the file that shows that its cgroup is frozen, and what the file says
 * @param uninterruptible whether all its threads are in state D in two looks
 * @param wchan the kernel function that its main thread sleeps in, if this process may know
 * @param waiting whether a thread of it is in a wait for a child
 * @param tracer who traces it
 * @param namespaceInit whether it is process 1 of its PID namespace
 */
public record ParentState(
        SignalDisposition sigchld,
        boolean sigchldBlocked,
        boolean stopped,
        Optional<String> frozen,
        boolean uninterruptible,
        Optional<String> wchan,
        boolean waiting,
        OptionalLong tracer,
        boolean namespaceInit) {}
