// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.access;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import org.zreap.internal.SystemFiles;
import org.zreap.internal.proc.ProcFs;

/**
 * Why the kernel refused to open a file of the module with EACCES. The module itself says EPERM.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param cause what refused, for programs
 * @param problem what zreap saw, for people; without a full stop
 * @param remedy what to do about it
 */
public record FileRefusal(Cause cause, String problem, String remedy) {

    /** What refused. */
    public enum Cause {
        /** The modes of the file. */
        FILE_MODE,
        /** A policy that is in force on this process. */
        CONFINED,
        /** Something that this process cannot see. */
        UNKNOWN
    }

    private static final String JIANGSHI = "kill-if-jiangshi";

    private static final String APPARMOR = "give the container a profile that lets it write /proc/zreap and nothing"
            + " else in /proc, or run zreap in a container with zreap's own profile (docs/containers.md has both);"
            + " apparmor=unconfined comes last, because it lifts every rule";

    private static final String SELINUX = "see on the host what was denied (ausearch -m avc -ts recent) and let the"
            + " policy grant just that, or run zreap on the host; label=disable comes last, because it lifts every"
            + " rule";

    /**
     * Finds out what refused.
     *
     * @param files the machine's files
     * @param file the file of the module
     * @return what refused, and what to do
     */
    public static FileRefusal of(SystemFiles files, Path file) {
        Caller caller = new Caller(files);
        Optional<Boolean> isForAll = isForAll(file);
        if (!caller.mayOpenFilesOfRoot() && !isForAll.orElse(false)) {
            return new FileRefusal(
                    Cause.FILE_MODE,
                    "the modes of " + file + " keep this process out: the file is root's",
                    "run as root of the machine, not of a user namespace; the root of a container needs the module"
                            + " loaded with allow_pidns=1");
        }
        Optional<Confinement> confinement = caller.confinement();
        if (confinement.isEmpty()) {
            return new FileRefusal(
                    Cause.UNKNOWN,
                    "the modes of " + file + " let this process in, and it sees no policy of AppArmor or SELinux on"
                            + " itself",
                    "look in the kernel log and the audit log of the host; a profile around the whole container, or"
                            + " Landlock, cannot be seen from here");
        }
        Confinement policy = confinement.get();
        return new FileRefusal(
                Cause.CONFINED,
                "the modes of " + file + " let this process in, but " + policy + " is in force on it",
                ownNamespace(files, isForAll) + "the way that takes the least power first: " + narrowWay(files, policy)
                        + (policy.module() == Confinement.Module.APPARMOR ? APPARMOR : SELINUX));
    }

    /** A way past the policy ends at the module if that does not serve this PID namespace. */
    private static String ownNamespace(SystemFiles files, Optional<Boolean> isForAll) {
        boolean isServed = isForAll.orElse(true) || new ProcFs(files.root().resolve("proc")).isOfInitialPidNamespace();
        return isServed
                ? ""
                : "first load the module with allow_pidns=1, or run in the host's PID namespace (--pid=host), because"
                        + " the module does not serve other PID namespaces now; then ";
    }

    /** The file in each process's folder, if it helps here. */
    private static String narrowWay(SystemFiles files, Confinement policy) {
        Path own = files.root().resolve("proc/self").resolve(JIANGSHI);
        if (opensForWriting(own)) {
            return "echo 1 > /proc/PID/" + JIANGSHI + ", a file that this policy lets this process write; or ";
        }
        boolean isThere = Files.exists(own);
        return !isThere && policy.module() == Confinement.Module.APPARMOR
                ? "on the host modprobe zreap_jiangshi, then echo 1 > /proc/PID/" + JIANGSHI
                        + ", which the default profiles of docker and podman let through; or "
                : "";
    }

    /** To open that file for writing does nothing. */
    private static boolean opensForWriting(Path file) {
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return open.isOpen();
        } catch (IOException e) {
            return false;
        }
    }

    /** With allow_pidns=1 everybody may open the module's files; empty if the modes cannot be seen. */
    private static Optional<Boolean> isForAll(Path file) {
        try {
            return Optional.of(Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
