// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.zreap.CommandName;
import org.zreap.internal.proc.ProcFs;

/**
 * Tells whether a cgroup is frozen, by itself or with one above it, as {@code docker pause} and
 * {@code systemctl freeze} do.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param root where cgroup2 or the hierarchies of version 1 are mounted
 */
record Freezers(Path root) {

    /** A file that tells, with its line or word for a cgroup that is frozen. */
    private record Place(String file, String frozen) {}

    private static final Place UNIFIED = new Place("cgroup.events", "frozen 1");
    private static final Place VERSION_1 = new Place("freezer.state", "FROZEN");

    /**
     * What shows that a process is frozen.
     *
     * @param cgroups its {@code /proc/PID/cgroup}
     * @return the file and what it says, in printable ASCII; empty if nothing shows
     */
    Optional<String> evidence(String cgroups) {
        return cgroups.lines()
                .map(line -> line.split(":", 3))
                .filter(parts -> parts.length == 3 && parts[2].startsWith("/"))
                .flatMap(parts -> evidence(parts[1], parts[2].substring(1)))
                .findFirst();
    }

    private Stream<String> evidence(String controllers, String cgroup) {
        if (controllers.isEmpty()) {
            // Beside version 1, systemd mounts version 2 one folder below.
            return Stream.of("", "unified").flatMap(mount -> evidence(UNIFIED, mount, cgroup));
        }
        return List.of(controllers.split(",")).contains("freezer")
                ? evidence(VERSION_1, controllers, cgroup)
                : Stream.empty();
    }

    private Stream<String> evidence(Place place, String mount, String cgroup) {
        try {
            Path file = root.resolve(mount).resolve(cgroup).resolve(place.file());
            return ProcFs.textOf(file).stream()
                    .filter(text -> text.lines().anyMatch(place.frozen()::equals))
                    .map(text -> CommandName.of(file + ": " + place.frozen()).toString());
        } catch (InvalidPathException e) {
            return Stream.empty(); // its name is none in the encoding of this JVM
        }
    }
}
