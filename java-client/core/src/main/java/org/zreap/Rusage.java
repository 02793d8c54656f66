// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;

/**
 * The resources used by a process and by the children that it waited for.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param userTime CPU time in user mode
 * @param systemTime CPU time in the kernel
 * @param maxResidentBytes the most memory that was resident at one time
 */
public record Rusage(Duration userTime, Duration systemTime, long maxResidentBytes) {}
