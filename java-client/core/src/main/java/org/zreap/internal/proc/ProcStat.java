// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.proc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.zreap.CommandName;
import org.zreap.ProcessIdentity;

/**
 * The fields of {@code /proc/PID/stat} that this library uses. The field numbers are those of
 * proc(5).
 *
 * <p>Immutable and so thread-safe.
 *
 * @param identity fields 1 and 22
 * @param name field 2, without the parentheses
 * @param state field 3
 * @param parentPid field 4
 * @param session field 6
 * @param flags field 9, PF_* of the kernel
 * @param threads field 20, the leader included
 * @param exitSignal field 38, the signal that its parent gets when it ends; 0 for none
 * @param exitCode field 52, a wait status; also 0 if the reader may not know
 */
public record ProcStat(
        ProcessIdentity identity,
        CommandName name,
        char state,
        long parentPid,
        long session,
        long flags,
        int threads,
        int exitSignal,
        int exitCode) {

    private static final int STATE = 3;
    private static final int PARENT_PID = 4;
    private static final int SESSION = 6;
    private static final int FLAGS = 9;
    private static final int THREADS = 20;
    private static final int START = 22;
    private static final int EXIT_SIGNAL = 38;
    private static final int EXIT_CODE = 52;

    private static final long PF_EXITING = 0x4;
    private static final long PF_FORKNOEXEC = 0x40;

    private static final long PF_KTHREAD = 0x0020_0000;

    /**
     * Parses the file.
     *
     * @param content all of it
     * @return what it says
     * @throws IllegalArgumentException if that is no stat file
     */
    public static ProcStat parse(byte[] content) {
        // The name may hold any character, also parentheses and newlines. Only the state and
        // numbers follow it.
        int open = indexOf(content, '(');
        int close = lastIndexOf(content, ')');
        if (open < 0 || close < open) {
            throw malformed(content);
        }
        String[] fields = new String(content, close + 1, content.length - close - 1, StandardCharsets.US_ASCII)
                .strip()
                .split(" ", -1);
        if (fields.length <= EXIT_CODE - STATE || fields[0].length() != 1) {
            throw malformed(content);
        }
        try {
            long pid = Long.parseLong(new String(content, 0, open, StandardCharsets.US_ASCII).strip());
            return new ProcStat(
                    new ProcessIdentity(pid, Long.parseLong(fields[START - STATE])),
                    CommandName.of(Arrays.copyOfRange(content, open + 1, close)),
                    fields[0].charAt(0),
                    Long.parseLong(fields[PARENT_PID - STATE]),
                    Long.parseLong(fields[SESSION - STATE]),
                    Long.parseLong(fields[FLAGS - STATE]),
                    Integer.parseInt(fields[THREADS - STATE]),
                    Integer.parseInt(fields[EXIT_SIGNAL - STATE]),
                    Integer.parseInt(fields[EXIT_CODE - STATE]));
        } catch (NumberFormatException e) {
            throw malformed(content);
        }
    }

    /** Whether the leader of the process is dead and not yet waited for. */
    public boolean isZombie() {
        return state == 'Z';
    }

    /** Whether this thread has ended, waited for or not. */
    public boolean hasEnded() {
        return state == 'Z' || state == 'X';
    }

    /** Whether a signal has stopped it. */
    public boolean isStopped() {
        return state == 'T';
    }

    /** Whether its tracer has stopped it. */
    public boolean isInTracingStop() {
        return state == 't';
    }

    /** Whether it is in an uninterruptible sleep. */
    public boolean isUninterruptible() {
        return state == 'D';
    }

    /** Whether it has begun to end. */
    public boolean isExiting() {
        return (flags & PF_EXITING) != 0;
    }

    /** Whether it has not called exec since it was forked. */
    public boolean hasNotExecuted() {
        return (flags & PF_FORKNOEXEC) != 0;
    }

    /** Whether this is a thread of the kernel. */
    public boolean isKernelThread() {
        return (flags & PF_KTHREAD) != 0;
    }

    private static int indexOf(byte[] bytes, char wanted) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int lastIndexOf(byte[] bytes, char wanted) {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static IllegalArgumentException malformed(byte[] content) {
        return new IllegalArgumentException("no stat file of a process: " + CommandName.of(content));
    }
}
