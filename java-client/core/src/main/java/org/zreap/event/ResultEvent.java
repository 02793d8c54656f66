// SPDX-License-Identifier: Apache-2.0
package org.zreap.event;

import java.time.Instant;
import java.util.OptionalLong;
import org.zreap.ReapResult;
import org.zreap.Zreap;

/**
 * A result as the kernel module had it, whoever asked and in whatever way.
 *
 * <p>Immutable and so thread-safe. Numbers are those of the initial PID and user namespaces if it
 * comes from an {@link EventSubscription}, and those of this process's own namespaces if it comes
 * from {@link Zreap#recent}.
 *
 * @param time when
 * @param verb what was asked for: {@code reap}, {@code adopt}, {@code release}, or what a newer
 *     module can do
 * @param callerPid who asked; empty if that is outside of the PID namespace
 * @param callerUid as which user
 * @param result what became of the process; its PID is 0 where another PID namespace asked for a
 *     number of its own that is no process
 */
public record ResultEvent(
        Instant time, String verb, OptionalLong callerPid, OptionalLong callerUid, ReapResult result) {}
