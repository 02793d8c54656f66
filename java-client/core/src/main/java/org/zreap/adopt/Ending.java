// SPDX-License-Identifier: Apache-2.0
package org.zreap.adopt;

import org.zreap.ExitStatus;
import org.zreap.ProcessIdentity;
import org.zreap.Rusage;

/**
 * How a process that this JVM has adopted ended, as the kernel told its new parent.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param process which process
 * @param status how it ended
 * @param rusage what it had used up
 */
public record Ending(ProcessIdentity process, ExitStatus status, Rusage rusage) {}
