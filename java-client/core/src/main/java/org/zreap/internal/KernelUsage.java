// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.zreap.Rusage;

/** The use of resources in the units of the kernel. Stateless. */
public final class KernelUsage {

    private static final long BYTES_PER_KB = 1024;

    private KernelUsage() {}

    /**
     * Converts the result of wait4, here or in the module.
     *
     * @param userMicros CPU time in user mode
     * @param systemMicros CPU time in the kernel
     * @param maxResidentKb peak resident set, in KiB
     */
    public static Rusage of(long userMicros, long systemMicros, long maxResidentKb) {
        return new Rusage(
                Duration.of(userMicros, ChronoUnit.MICROS),
                Duration.of(systemMicros, ChronoUnit.MICROS),
                maxResidentKb * BYTES_PER_KB);
    }
}
