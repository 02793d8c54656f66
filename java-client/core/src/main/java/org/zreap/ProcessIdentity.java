// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.internal.proc.ProcFs;

/**
 * The PID of a process together with its start time. The kernel gives a PID to another process
 * after it has reaped the first. Two processes that get the same PID within one clock tick (10 ms)
 * look the same.
 *
 * <p>Immutable and so thread-safe. {@link #toString} gives the notation of {@code /proc/zreap},
 * {@code PID@START}; {@link Target#parse} reads it.
 *
 * @param pid the process ID
 * @param startTicks when it started, in clock ticks since boot: field 22 of {@code /proc/PID/stat}
 *     as this process reads it
 */
public record ProcessIdentity(long pid, long startTicks) implements Target {

    /**
     * Checks the numbers.
     *
     * @param pid the process ID
     * @param startTicks when it started
     * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link Target#MAX_PID}, or
     *     {@code startTicks} is negative
     */
    public ProcessIdentity {
        Target.ofPid(pid);
        if (startTicks < 0) {
            throw new IllegalArgumentException("a start time is not negative: " + startTicks);
        }
    }

    /**
     * The process that has this PID now, as this process's own {@code /proc} shows it.
     *
     * @param pid the process ID
     * @return empty if there is no such process, if it is hidden, or if the number is a thread's ID
     * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link Target#MAX_PID}
     * @throws ZreapException if procfs cannot be read
     */
    public static Optional<ProcessIdentity> of(long pid) {
        return ProcFs.ofThisProcess().identity(Target.ofPid(pid).pid());
    }

    /**
     * The process that a handle stands for. The method does not mistake a later owner of the PID
     * for it.
     *
     * @param process the handle
     * @return empty if the process is gone or hidden
     * @throws ZreapException if procfs cannot be read
     */
    public static Optional<ProcessIdentity> of(ProcessHandle process) {
        Optional<ProcessIdentity> seen = of(process.pid());
        // A process that is there now was there when its PID was looked up.
        return seen.filter(identity ->
                ProcessHandle.of(identity.pid()).filter(process::equals).isPresent());
    }

    @Override
    public OptionalLong start() {
        return OptionalLong.of(startTicks);
    }

    @Override
    public String toString() {
        return pid + "@" + startTicks;
    }
}
