// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the parent of a zombie is, and what it is doing.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param sigchld what it does with SIGCHLD
 * @param sigchldBlocked whether all its threads block SIGCHLD
 * @param stopped whether it cannot run because it is stopped, by a signal or a tracer
 * @param frozen the file that shows that its cgroup is frozen, and what the file says; empty if
 *     none shows it
 * @param uninterruptible whether all its threads were in an uninterruptible sleep (D state) in two
 *     looks, 100 ms apart
 * @param wchan the kernel function that its main thread sleeps in, if this process may know
 * @param waiting whether a thread of it is in a wait for a child just now, as far as this process
 *     may know
 * @param tracer who traces it
 * @param namespaceInit whether it is process 1 of its PID namespace and so is given every orphan in
 *     it. Whether it is a subreaper, the kernel tells only the process itself; a dry run of
 *     {@link org.zreap.Zreap#adopt} names the process that would be given this zombie
 * @param runtime what kind of program it is
 */
public record ParentCondition(
        SignalDisposition sigchld,
        boolean sigchldBlocked,
        boolean stopped,
        Optional<String> frozen,
        boolean uninterruptible,
        Optional<String> wchan,
        boolean waiting,
        OptionalLong tracer,
        boolean namespaceInit,
        ProgramRuntime runtime) {}
