// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many processes there is room for; each zombie takes the place of one.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param cgroup the cgroup that leaves the least room: the process's own or one above it; empty if
 *     none has a limit, or none can be seen
 * @param cgroupCurrent how many tasks that cgroup has now; without a limit, how many the process's
 *     own has
 * @param cgroupMax how many it may have, unless that is without limit
 * @param userCurrent how many tasks the user has now, as far as they can be seen; only counted
 *     where there is a limit
 * @param userMax how many the user may have (RLIMIT_NPROC), unless that is without limit, as always
 *     for root
 * @param pidMax above which number the kernel gives out no PID
 */
public record Headroom(
        Optional<String> cgroup,
        OptionalLong cgroupCurrent,
        OptionalLong cgroupMax,
        OptionalLong userCurrent,
        OptionalLong userMax,
        OptionalLong pidMax) {}
