// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * How many more processes can start. Each zombie takes the place of one.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param cgroup the cgroup that leaves the least room: the process's own or one above it; empty if
 *     none has a limit, or none can be seen
 * @param cgroupCurrent how many tasks that cgroup has now; if no cgroup has a limit, how many the
 *     process's own cgroup has
 * @param cgroupMax how many tasks that cgroup may have; empty if there is no limit
 * @param userCurrent how many tasks the user has now, as far as this process sees them; counted
 *     only if there is a limit
 * @param userMax how many tasks the user may have (RLIMIT_NPROC); empty if there is no limit, as
 *     always for root
 * @param pidMax the kernel gives out no PID above this number
 * @param machineCurrent how many tasks the machine has now; empty outside of the initial PID
 *     namespace
 * @param machineMax how many tasks the machine may have ({@code kernel.threads-max})
 */
public record Headroom(
        Optional<String> cgroup,
        OptionalLong cgroupCurrent,
        OptionalLong cgroupMax,
        OptionalLong userCurrent,
        OptionalLong userMax,
        OptionalLong pidMax,
        OptionalLong machineCurrent,
        OptionalLong machineMax) {

    /**
     * How many more tasks can start: the least that any limit leaves.
     *
     * @return 0 if a limit is reached; empty if no limit is known together with its count
     */
    public OptionalLong room() {
        return LongStream.of(
                        left(cgroupCurrent, cgroupMax),
                        left(userCurrent, userMax),
                        left(machineCurrent, pidMax),
                        left(machineCurrent, machineMax))
                .filter(left -> left != Long.MAX_VALUE)
                .min();
    }

    private static long left(OptionalLong current, OptionalLong max) {
        return current.isPresent() && max.isPresent()
                ? Math.max(0, max.getAsLong() - current.getAsLong())
                : Long.MAX_VALUE;
    }
}
