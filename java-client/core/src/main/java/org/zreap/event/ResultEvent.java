// SPDX-License-Identifier: Apache-2.0
package org.zreap.event;

import java.time.Instant;
import java.util.OptionalLong;
import org.zreap.ReapResult;
import org.zreap.Zreap;

/**
 * A result of the kernel module, from any caller and any transport.
 *
 * <p>Immutable and so thread-safe. An event from an {@link EventSubscription} has the numbers of
 * the initial PID and user namespaces. An event from {@link Zreap#recent} has the numbers of this
 * process's own namespaces.
 *
 * @param time when the module had the result
 * @param verb the request: {@code reap}, {@code adopt}, {@code release}, or a verb of a newer
 *     module
 * @param callerPid the PID of the caller; empty if it is outside of the PID namespace
 * @param callerUid the user ID of the caller
 * @param result what became of the process; its PID is 0 if a caller in another PID namespace named
 *     a PID that has no process there
 */
public record ResultEvent(
        Instant time, String verb, OptionalLong callerPid, OptionalLong callerUid, ReapResult result) {}
