// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.proc;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The contents of {@code /proc/PID/task/TID/syscall}: the call that a thread sleeps in.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param firstArgument the first argument of the call, as a signed number of 64 bits
 */
public record ProcSyscall(long firstArgument) {

    private static final Pattern LINE = Pattern.compile("[0-9]+ 0x([0-9a-f]{1,16}) .*", Pattern.DOTALL);

    /**
     * Parses the file.
     *
     * @param text all of it
     * @return empty for a thread that runs, or that sleeps outside of a call
     */
    public static Optional<ProcSyscall> parse(String text) {
        Matcher line = LINE.matcher(text);
        return line.matches()
                ? Optional.of(new ProcSyscall(Long.parseUnsignedLong(line.group(1), 16)))
                : Optional.empty();
    }
}
