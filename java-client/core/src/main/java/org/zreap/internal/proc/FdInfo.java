// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.proc;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Parses {@code /proc/PID/fdinfo/FD}. Stateless. */
public final class FdInfo {

    private static final String SIGMASK = "sigmask";

    /** O_ACCMODE and O_RDONLY. */
    private static final int ACCESS_MODE = 3;

    private static final int READ_ONLY = 0;
    private static final int WRITE_ONLY = 1;

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
     * The process that a pidfd follows.
     *
     * @param text the file
     * @return empty if it is no pidfd, or if that process has gone
     */
    public static OptionalLong pidfdOf(String text) {
        return parsed(text)
                .number("Pid")
                .filter(pid -> pid > 0)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /**
     * Whether the file is open for reading.
     *
     * @param text the file
     */
    public static boolean canRead(String text) {
        return isOpenOtherThan(WRITE_ONLY, text);
    }

    /**
     * Whether the file is open for writing.
     *
     * @param text the file
     */
    public static boolean canWrite(String text) {
        return isOpenOtherThan(READ_ONLY, text);
    }

    private static boolean isOpenOtherThan(int mode, String text) {
        return parsed(text)
                .text("flags")
                .filter(flags -> flags.matches("[0-7]{1,12}"))
                .filter(flags -> (Long.parseLong(flags, 8) & ACCESS_MODE) != mode)
                .isPresent();
    }

    private static ProcStatus parsed(String text) {
        return ProcStatus.parse(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
