// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** The errno values that the library meets, with the numbers of Linux's common table. Stateless. */
public final class Errno {

    /** Operation not permitted. */
    public static final int EPERM = 1;
    /** No such file or directory. */
    public static final int ENOENT = 2;
    /** No such process. */
    public static final int ESRCH = 3;
    /** Interrupted system call. */
    public static final int EINTR = 4;
    /** Input/output error. */
    public static final int EIO = 5;
    /** Argument list too long. */
    public static final int E2BIG = 7;
    /** Bad file descriptor. */
    public static final int EBADF = 9;
    /** No child processes. */
    public static final int ECHILD = 10;
    /** Resource temporarily unavailable. */
    public static final int EAGAIN = 11;
    /** Cannot allocate memory. */
    public static final int ENOMEM = 12;
    /** Permission denied. */
    public static final int EACCES = 13;
    /** Device or resource busy. */
    public static final int EBUSY = 16;
    /** File exists. */
    public static final int EEXIST = 17;
    /** Invalid cross-device link. */
    public static final int EXDEV = 18;
    /** No such device. */
    public static final int ENODEV = 19;
    /** Invalid argument. */
    public static final int EINVAL = 22;
    /** Too many open files in system. */
    public static final int ENFILE = 23;
    /** Too many open files. */
    public static final int EMFILE = 24;
    /** Exec format error. */
    public static final int ENOEXEC = 8;
    /** Bad message. */
    public static final int EBADMSG = 74;
    /** Required key not available. */
    public static final int ENOKEY = 126;
    /** Key was rejected by service. */
    public static final int EKEYREJECTED = 129;
    /** Function not implemented. */
    public static final int ENOSYS = 38;
    /** Message too long. */
    public static final int EMSGSIZE = 90;
    /** Protocol not supported. */
    public static final int EPROTONOSUPPORT = 93;
    /** Operation not supported. */
    public static final int EOPNOTSUPP = 95;
    /** No buffer space available. */
    public static final int ENOBUFS = 105;
    /** Numerical result out of range. */
    public static final int ERANGE = 34;
    /** Connection timed out. */
    public static final int ETIMEDOUT = 110;
    /** Stale file handle. */
    public static final int ESTALE = 116;

    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(EPERM, "operation not permitted (EPERM)"),
            Map.entry(ENOENT, "no such file or directory (ENOENT)"),
            Map.entry(ESRCH, "no such process (ESRCH)"),
            Map.entry(EINTR, "interrupted system call (EINTR)"),
            Map.entry(EIO, "input/output error (EIO)"),
            Map.entry(E2BIG, "argument list too long (E2BIG)"),
            Map.entry(EBADF, "bad file descriptor (EBADF)"),
            Map.entry(ECHILD, "no child processes (ECHILD)"),
            Map.entry(EAGAIN, "resource temporarily unavailable (EAGAIN)"),
            Map.entry(ENOMEM, "cannot allocate memory (ENOMEM)"),
            Map.entry(EACCES, "permission denied (EACCES)"),
            Map.entry(EBUSY, "device or resource busy (EBUSY)"),
            Map.entry(EEXIST, "file exists (EEXIST)"),
            Map.entry(EXDEV, "invalid cross-device link (EXDEV)"),
            Map.entry(ENODEV, "no such device (ENODEV)"),
            Map.entry(EINVAL, "invalid argument (EINVAL)"),
            Map.entry(ENFILE, "too many open files in system (ENFILE)"),
            Map.entry(EMFILE, "too many open files (EMFILE)"),
            Map.entry(ENOEXEC, "exec format error (ENOEXEC)"),
            Map.entry(EBADMSG, "bad message (EBADMSG)"),
            Map.entry(ENOKEY, "required key not available (ENOKEY)"),
            Map.entry(EKEYREJECTED, "key was rejected by service (EKEYREJECTED)"),
            Map.entry(ENOSYS, "function not implemented (ENOSYS)"),
            Map.entry(EMSGSIZE, "message too long (EMSGSIZE)"),
            Map.entry(EPROTONOSUPPORT, "protocol not supported (EPROTONOSUPPORT)"),
            Map.entry(EOPNOTSUPP, "operation not supported (EOPNOTSUPP)"),
            Map.entry(ENOBUFS, "no buffer space available (ENOBUFS)"),
            Map.entry(ERANGE, "numerical result out of range (ERANGE)"),
            Map.entry(ETIMEDOUT, "connection timed out (ETIMEDOUT)"),
            Map.entry(ESTALE, "stale file handle (ESTALE)"));

    private Errno() {}

    /** The errno whose text in the C locale, as of strerror(3), is at the end of a message. */
    public static OptionalInt atEndOf(String message) {
        String end = message.strip().toLowerCase(Locale.ROOT);
        return TEXTS.entrySet().stream()
                .filter(known -> end.endsWith(
                        known.getValue().substring(0, known.getValue().indexOf(" ("))))
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * A text for people with the name of the errno, or its number if this library does not know the
     * name.
     */
    public static String describe(int errno) {
        return TEXTS.getOrDefault(errno, "errno " + errno);
    }
}
