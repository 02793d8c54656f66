// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.zreap.CommandName;
import org.zreap.internal.proc.ProcCgroup;
import org.zreap.internal.proc.ProcFs;

/**
 * Tells whether a cgroup is frozen, by itself or with one above it. {@code docker pause} and
 * {@code systemctl freeze} freeze cgroups.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param root where cgroup2 or the hierarchies of version 1 are mounted, if they are
 */
public record Freezers(Optional<Path> root) {

    /** A file that shows the state, with its line or word for a frozen cgroup. */
    private record Place(String file, String frozen) {}

    private static final Place UNIFIED = new Place("cgroup.events", "frozen 1");
    private static final Place VERSION_1 = new Place("freezer.state", "FROZEN");

    /**
     * The evidence that a process is frozen.
     *
     * @param cgroups its cgroups
     * @return the file and what it says, in printable ASCII; empty if nothing shows
     */
    Optional<String> evidence(List<ProcCgroup> cgroups) {
        return cgroups.stream().flatMap(this::evidence).findFirst();
    }

    private Stream<String> evidence(ProcCgroup group) {
        String path = group.path().substring(1);
        if (group.isUnified()) {
            // Next to version 1, systemd mounts version 2 one folder below.
            return Stream.of("", "unified").flatMap(mount -> evidence(UNIFIED, mount, path));
        }
        return group.controllers().contains("freezer") ? evidence(VERSION_1, group.mountName(), path) : Stream.empty();
    }

    private Stream<String> evidence(Place place, String mount, String cgroup) {
        if (root.isEmpty() || cgroup.startsWith("..")) {
            return Stream.empty(); // nothing is mounted, or the cgroup is outside of the mount
        }
        try {
            Path file = root.get().resolve(mount).resolve(cgroup).resolve(place.file());
            return ProcFs.textOf(file).stream()
                    .filter(text -> text.lines().anyMatch(place.frozen()::equals))
                    .map(text -> CommandName.of(file + ": " + place.frozen()).toString());
        } catch (InvalidPathException e) {
            return Stream.empty(); // the encoding of this JVM cannot hold its name
        }
    }
}
