// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.nio.file.Path;
import java.util.Optional;
import org.zreap.Transport;
import org.zreap.internal.LoadedModule;
import org.zreap.internal.SystemFiles;
import org.zreap.internal.access.Caller;
import org.zreap.internal.access.FileRefusal;
import org.zreap.internal.sys.Errno;
import org.zreap.module.ModuleProblem.Kind;

/**
 * Why the loaded module does not serve this process.
 *
 * <p>Immutable and so thread-safe.
 */
final class AccessProblems {

    private static final String OWN_NETWORK = "proc/self/ns/net";
    private static final String FIRST_NETWORK = "proc/1/ns/net";

    private final SystemFiles files;
    private final Caller caller;

    AccessProblems(SystemFiles files) {
        this.files = files;
        this.caller = new Caller(files);
    }

    /**
     * The problem behind a failed use of this transport and this file of it; empty if zreap knows no
     * more than the failure says.
     */
    Optional<ModuleProblem> of(Transport way, int errno, Optional<Path> file) {
        if (errno == Errno.EACCES && way == Transport.PROCFS && file.isPresent()) {
            return fileRefused(file.get());
        }
        if (errno == Errno.EPERM && caller.lacksInItsNamespace(Caller.CAP_KILL)) {
            return Optional.of(new ModuleProblem(
                    Kind.NO_CAP_KILL,
                    "the module refuses this process, which lacks CAP_KILL (CapEff in /proc/self/status)",
                    "run as root, in a container with --cap-add KILL"));
        }
        return errno == Errno.ENOENT && way == Transport.NETLINK && LoadedModule.isThere(files.root())
                ? Optional.of(otherNetwork())
                : Optional.empty();
    }

    private Optional<ModuleProblem> fileRefused(Path file) {
        FileRefusal refusal = FileRefusal.of(files, file);
        return switch (refusal.cause()) {
            case FILE_MODE -> Optional.of(new ModuleProblem(Kind.FILE_MODE, refusal.problem(), refusal.remedy()));
            case CONFINED -> Optional.of(new ModuleProblem(Kind.CONFINED, refusal.problem(), refusal.remedy()));
            case UNKNOWN -> Optional.empty();
        };
    }

    private ModuleProblem otherNetwork() {
        Optional<Path> own = files.link(OWN_NETWORK);
        Optional<Path> first = files.link(FIRST_NETWORK);
        boolean isSeen = own.isPresent() && first.isPresent() && !own.equals(first);
        String seen = isSeen ? " (its own is not that of process 1)" : "";
        return new ModuleProblem(
                Kind.OTHER_NETWORK_NAMESPACE,
                "the module is loaded, and its netlink family is not in the network namespace of this process" + seen,
                "nsenter --net=/proc/1/ns/net zreap ..., on the host; or use --transport procfs");
    }
}
