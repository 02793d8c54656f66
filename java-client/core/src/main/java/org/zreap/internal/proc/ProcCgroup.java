// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.proc;

import java.util.List;
import java.util.stream.Stream;

/**
 * A line of {@code /proc/PID/cgroup}: the cgroup of a process in one hierarchy.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param controllers those of a hierarchy of version 1; none for version 2
 * @param path the path of the cgroup, which begins with a slash
 */
public record ProcCgroup(List<String> controllers, String path) {

    /**
     * Parses the file.
     *
     * @param text all of it
     * @return its lines, without lines of another form
     */
    public static List<ProcCgroup> parse(String text) {
        return text.lines()
                .map(line -> line.split(":", 3))
                .filter(parts -> parts.length == 3 && parts[2].startsWith("/"))
                .map(parts -> new ProcCgroup(
                        Stream.of(parts[1].split(",", -1))
                                .filter(word -> !word.isEmpty())
                                .toList(),
                        parts[2]))
                .toList();
    }

    /** Whether the hierarchy is of version 2. */
    public boolean isUnified() {
        return controllers.isEmpty();
    }

    /** The name of the folder where a hierarchy of version 1 is mounted. */
    public String mountName() {
        return String.join(",", controllers);
    }
}
