// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.proc;

import java.nio.charset.StandardCharsets;

/** Parses {@code /proc/PID/fdinfo/FD}. Stateless. */
public final class FdInfo {

    private static final String SIGMASK = "sigmask";

    /** O_ACCMODE and O_RDONLY. */
    private static final int ACCESS_MODE = 3;

    private static final int READ_ONLY = 0;

    private FdInfo() {}

    /**
     * Whether it is a signalfd that takes a signal.
     *
     * @param text the file
     * @param signal the number of the signal, from 1
     */
    public static boolean isSignalfdFor(String text, int signal) {
        return parsed(text).bit(SIGMASK, signal - 1);
    }

    /**
     * Whether the file is open for writing.
     *
     * @param text the file
     */
    public static boolean canWrite(String text) {
        return parsed(text)
                .text("flags")
                .filter(flags -> flags.matches("[0-7]{1,12}"))
                .filter(flags -> (Long.parseLong(flags, 8) & ACCESS_MODE) != READ_ONLY)
                .isPresent();
    }

    private static ProcStatus parsed(String text) {
        return ProcStatus.parse(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
