// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.OptionalLong;

/**
 * How many processes there is room for; each zombie takes the place of one.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param cgroupCurrent how many tasks the parent's cgroup has now
 * @param cgroupMax how many it may have, unless that is without limit
 * @param userCurrent how many tasks the parent's user has now, as far as they can be seen; only
 *     counted where there is a limit
 * @param userMax how many the parent's user may have (RLIMIT_NPROC), unless that is without limit
 * @param pidMax above which number the kernel gives out no PID
 */
public record Headroom(
        OptionalLong cgroupCurrent,
        OptionalLong cgroupMax,
        OptionalLong userCurrent,
        OptionalLong userMax,
        OptionalLong pidMax) {}
