// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.transport;

import java.nio.file.Path;
import java.util.List;
import org.zreap.Failure;
import org.zreap.ModuleMissingException;
import org.zreap.PermissionException;
import org.zreap.ProtocolException;
import org.zreap.ReapResult;
import org.zreap.RequestRejectedException;
import org.zreap.ZreapException;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;

/**
 * Says in the terms of {@link ZreapException} what a failed call on the module's file means. The only place where errno
 * becomes an exception of a request. Stateless.
 */
final class Failures {

    private Failures() {}

    /** A call on the file failed. */
    static ZreapException of(Path path, ErrnoException e, List<ReapResult> completed) {
        String problem = "cannot use " + path + " (" + e.getMessage() + ")";
        return switch (e.errno()) {
            case Errno.ENOENT ->
                new ModuleMissingException(
                        failure(path, e, problem, "load the kernel module: modprobe zreap", completed));
            case Errno.EIO ->
                new ModuleMissingException(failure(
                        path,
                        e,
                        problem,
                        "the kernel module is being unloaded: load it again and ask again",
                        completed));
            case Errno.EACCES, Errno.EPERM ->
                new PermissionException(failure(
                        path,
                        e,
                        problem,
                        "run as root with CAP_KILL in the initial PID namespace, or let the module serve containers"
                                + " (allow_pidns=1)",
                        completed));
            case Errno.EXDEV ->
                new PermissionException(
                        failure(path, e, problem, "use the /proc of this process's own PID namespace", completed));
            case Errno.EINVAL, Errno.E2BIG ->
                new RequestRejectedException(failure(
                        path,
                        e,
                        problem,
                        "nothing was done: use a library and a kernel module of the same release",
                        completed));
            case Errno.EMFILE, Errno.ENFILE ->
                new ZreapException(failure(path, e, problem, "raise the limit on open files", completed));
            default -> new ZreapException(failure(path, e, problem, "see the kernel log", completed));
        };
    }

    /** The file held something else than the contract promises. */
    static ProtocolException garbled(Path path, String problem, List<ReapResult> completed) {
        return new ProtocolException(Failure.of(
                        "cannot understand " + path + " (" + problem + ")",
                        "use a library and a kernel module of the same release; what was done is in /proc/zreap_recent")
                .withPath(path)
                .withCompleted(completed));
    }

    private static Failure failure(
            Path path, ErrnoException e, String problem, String remedy, List<ReapResult> completed) {
        return Failure.of(problem, remedy)
                .withPath(path)
                .withErrno(e.errno(), e)
                .withCompleted(completed);
    }
}
