// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

import java.util.Map;
import java.util.Optional;

/**
 * The numbers of the system calls that the C library may not wrap, for one architecture.
 *
 * @param pidfdSendSignal pidfd_send_signal(2)
 * @param pidfdOpen pidfd_open(2)
 * @param finitModule finit_module(2)
 * @param deleteModule delete_module(2)
 */
record SyscallNumbers(int pidfdSendSignal, int pidfdOpen, int finitModule, int deleteModule) {

    private static final SyscallNumbers GENERIC = new SyscallNumbers(424, 434, 273, 106);

    /** By the value of the system property {@code os.arch}. */
    private static final Map<String, SyscallNumbers> BY_ARCHITECTURE = Map.of(
            "amd64", new SyscallNumbers(424, 434, 313, 176),
            "aarch64", GENERIC,
            "riscv64", GENERIC,
            "loongarch64", GENERIC);

    /** The numbers of an architecture, if it is one of those known here. */
    static Optional<SyscallNumbers> of(String architecture) {
        return Optional.ofNullable(BY_ARCHITECTURE.get(architecture));
    }
}
