// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.transport;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.zreap.Failure;
import org.zreap.ModuleMissingException;
import org.zreap.PermissionException;
import org.zreap.ProtocolException;
import org.zreap.ReapResult;
import org.zreap.RequestRejectedException;
import org.zreap.ZreapException;
import org.zreap.internal.SystemFiles;
import org.zreap.internal.access.FileRefusal;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;

/**
 * Turns a failed call to the module into a {@link ZreapException}. Only this class turns an errno
 * into an exception of a request.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param entrance the entrance that the call used, for people
 * @param path its file, if it is one
 * @param elsewhere what to do if the entrance is not here
 * @param rights what to do if this process may not use it
 * @param files the machine's files
 */
record Failures(String entrance, Optional<Path> path, String elsewhere, String rights, SystemFiles files) {

    private static final String LOAD = "load the kernel module: modprobe zreap";

    private static final String INITIAL = "run in the initial network and PID namespaces";

    private static final String CAP_KILL = "run as root with CAP_KILL in the initial PID namespace,"
            + " or let the module serve containers (allow_pidns=1)";

    private static final SystemFiles MACHINE = new SystemFiles(Path.of("/"));

    private static final String SAME_RELEASE = "use a library and a kernel module of the same release";

    private static final String DONE_SO_FAR = "what was done is in /proc/zreap_recent";

    private static final String FEWER =
            "nothing more was done: outside the initial PID namespace the module takes only so"
                    + " many processes in one request; name fewer";

    private static final String NO_ROOM =
            "the module had no room for more results, and left the rest undone: " + DONE_SO_FAR + "; then ask again";

    /** For calls on a file. */
    static Failures of(Path path, SystemFiles files) {
        return new Failures(
                path.toString(),
                Optional.of(path),
                "use the /proc of this process's own PID namespace",
                CAP_KILL,
                files);
    }

    /** For calls to a netlink family. */
    static Failures ofFamily(String name) {
        return new Failures("the netlink family " + name, Optional.empty(), INITIAL, CAP_KILL, MACHINE);
    }

    /** For calls to the multicast group of results. */
    static Failures ofEvents(String name) {
        return new Failures(
                "the events of the netlink family " + name,
                Optional.empty(),
                INITIAL,
                "run as root with CAP_SYS_ADMIN in the initial user namespace",
                MACHINE);
    }

    /** The exception for a failed call. */
    ZreapException of(ErrnoException e, List<ReapResult> completed) {
        return switch (e.errno()) {
            case Errno.ENOENT ->
                new ModuleMissingException(
                        failure(e, path.isPresent() ? LOAD : LOAD + ", and " + elsewhere, completed));
            case Errno.EIO, Errno.EPROTONOSUPPORT ->
                new ModuleMissingException(
                        failure(e, "the kernel module is being unloaded: load it again and ask again", completed));
            case Errno.EACCES ->
                path.map(file -> new PermissionException(refusal(e, file, completed)))
                        .orElseGet(() -> new PermissionException(failure(e, rights, completed)));
            case Errno.EPERM -> new PermissionException(failure(e, rights, completed));
            case Errno.EXDEV -> new PermissionException(failure(e, elsewhere, completed));
            case Errno.E2BIG -> new RequestRejectedException(failure(e, FEWER, completed));
            case Errno.EINVAL, Errno.ERANGE, Errno.EMSGSIZE, Errno.EOPNOTSUPP ->
                new RequestRejectedException(failure(e, "nothing was done: " + SAME_RELEASE, completed));
            case Errno.EMFILE, Errno.ENFILE ->
                new ZreapException(failure(e, "raise the limit on open files", completed));
            case Errno.ENOBUFS -> new ZreapException(failure(e, path.isPresent() ? NO_ROOM : DONE_SO_FAR, completed));
            case Errno.ETIMEDOUT -> new ZreapException(failure(e, DONE_SO_FAR, completed));
            default -> new ZreapException(failure(e, "see the kernel log", completed));
        };
    }

    /** The exception for an answer that breaks the contract. */
    ProtocolException garbled(String problem, List<ReapResult> completed) {
        return new ProtocolException(about(Failure.of(
                        "cannot understand " + entrance + " (" + problem + ")", SAME_RELEASE + "; " + DONE_SO_FAR))
                .withCompleted(completed));
    }

    /** The module refuses with EPERM, so what says EACCES stands before it. */
    private Failure refusal(ErrnoException e, Path file, List<ReapResult> completed) {
        FileRefusal refusal = FileRefusal.of(files, file);
        return about(Failure.of(
                        "cannot use " + entrance + " (" + e.getMessage() + "): " + refusal.problem(), refusal.remedy()))
                .withErrno(e.errno(), e)
                .withCompleted(completed);
    }

    private Failure failure(ErrnoException e, String remedy, List<ReapResult> completed) {
        return about(Failure.of("cannot use " + entrance + " (" + e.getMessage() + ")", remedy))
                .withErrno(e.errno(), e)
                .withCompleted(completed);
    }

    private Failure about(Failure failure) {
        return path.map(failure::withPath).orElse(failure);
    }
}
