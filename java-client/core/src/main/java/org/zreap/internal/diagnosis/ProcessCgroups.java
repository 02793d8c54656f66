// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.zreap.internal.proc.ProcCgroup;
import org.zreap.internal.proc.ProcFs;

/**
 * Reads the cgroups of processes. In a cgroup namespace the kernel shows each path from the root of
 * that namespace, as in {@code /../../system.slice}. If the mount has the whole hierarchy, this
 * makes it a path from the top.
 *
 * <p>Thread-safe.
 */
public final class ProcessCgroups {

    private static final String OUTSIDE = "/..";

    /** The most folders in which it looks for this process. */
    private static final int MAX_FOLDERS = 20_000;

    private final ProcFs proc;
    private final Optional<Path> mount;

    /** Empty until the first look. */
    private final AtomicReference<Optional<Optional<Path>>> namespaceRoot = new AtomicReference<>(Optional.empty());

    /**
     * Reads these.
     *
     * @param proc where processes are read
     * @param mount where cgroup2 or the hierarchies of version 1 are mounted, if they are
     */
    public ProcessCgroups(ProcFs proc, Optional<Path> mount) {
        this.proc = proc;
        this.mount = mount;
    }

    /** The cgroups of a process; none if they cannot be seen. */
    public List<ProcCgroup> of(long pid) {
        return proc.text(pid, "cgroup").map(ProcCgroup::parse).orElse(List.of()).stream()
                .map(this::fromTheTop)
                .toList();
    }

    private ProcCgroup fromTheTop(ProcCgroup group) {
        if (!group.isUnified() || proc.isOfInitialCgroupNamespace()) {
            return group;
        }
        return namespaceRoot()
                .flatMap(root -> below(root, group.path()))
                .map(path -> new ProcCgroup(group.controllers(), path))
                .orElse(group);
    }

    /** The kernel writes all steps up at the beginning. */
    private static Optional<String> below(Path root, String path) {
        String rest = path;
        Optional<Path> at = Optional.of(root);
        while (at.isPresent() && (rest.equals(OUTSIDE) || rest.startsWith(OUTSIDE + "/"))) {
            rest = rest.substring(OUTSIDE.length());
            at = at.map(Path::getParent);
        }
        String down = rest.equals("/") ? "" : rest;
        return at.map(folder -> (folder.toString().equals("/") ? "" : folder.toString()) + down)
                .map(whole -> whole.isEmpty() ? "/" : whole);
    }

    /** The root of this process's cgroup namespace, as a path from the top. */
    private Optional<Path> namespaceRoot() {
        return namespaceRoot
                .updateAndGet(known -> known.or(() -> Optional.of(mount.flatMap(this::find))))
                .flatMap(found -> found);
    }

    private Optional<Path> find(Path top) {
        Optional<String> pid = proc.ownPid();
        Optional<String> own = proc.text("self/cgroup").map(ProcCgroup::parse).orElse(List.of()).stream()
                .filter(ProcCgroup::isUnified)
                .map(group -> group.path().equals("/") ? "" : group.path())
                .findFirst();
        boolean isVersion2 = Files.exists(top.resolve("cgroup.controllers"));
        if (!isVersion2 || pid.isEmpty() || own.isEmpty()) {
            return Optional.empty();
        }
        return folderOf(pid.get(), top)
                .map(folder -> "/" + top.relativize(folder))
                .filter(path -> path.endsWith(own.get()))
                .map(path -> Path.of(
                        "/" + path.substring(0, path.length() - own.get().length())));
    }

    private static Optional<Path> folderOf(String pid, Path top) {
        Search search = new Search(pid);
        try {
            Files.walkFileTree(top, search);
        } catch (IOException e) {
            return Optional.empty();
        }
        return search.found;
    }

    private static final class Search extends SimpleFileVisitor<Path> {

        private final String pid;
        private Optional<Path> found = Optional.empty();
        private int folders;

        Search(String pid) {
            this.pid = pid;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            folders++;
            if (folders > MAX_FOLDERS) {
                return FileVisitResult.TERMINATE;
            }
            boolean isHere = ProcFs.textOf(folder.resolve("cgroup.procs")).stream()
                    .flatMap(String::lines)
                    .anyMatch(pid::equals);
            if (isHere) {
                found = Optional.of(folder);
            }
            return isHere ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // removed meanwhile
        }
    }
}
