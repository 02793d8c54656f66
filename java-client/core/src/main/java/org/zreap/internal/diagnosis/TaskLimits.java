// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.internal.proc.ProcCgroup;
import org.zreap.internal.proc.ProcFs;

/**
 * Reads how many tasks there are and may be.
 *
 * @param proc where processes are read
 * @param cgroups where cgroup2 or the hierarchies of version 1 are mounted, if they are
 */
public record TaskLimits(ProcFs proc, Optional<Path> cgroups) {

    /** The cgroups that count the tasks of a process, those further up after those further down. */
    public Stream<TaskLimit> of(ProcCgroup group) {
        if (cgroups.isEmpty() || group.path().contains("/..")) {
            return Stream.empty(); // its path is outside of the mount
        }
        if (!group.isUnified()) {
            return group.controllers().contains("pids") ? levels(group.mountName(), group.path()) : Stream.empty();
        }
        // Next to version 1, systemd mounts version 2 one folder below.
        return Stream.of("", "unified").flatMap(mount -> levels(mount, group.path()));
    }

    /** The limit of the machine, or of this process's view of it. */
    public Optional<TaskLimit> ofMachine() {
        OptionalLong tasks = tasksOfMachine();
        OptionalLong max = Stream.of("pid_max", "threads-max")
                .map(file -> number(proc.text("sys/kernel/" + file)))
                .flatMapToLong(OptionalLong::stream)
                .min();
        return tasks.isEmpty()
                ? Optional.empty()
                : Optional.of(new TaskLimit(Optional.empty(), tasks.getAsLong(), max));
    }

    /** The count against pid_max and threads-max: every thread, and one for each zombie. */
    OptionalLong tasksOfMachine() {
        return proc.text("loadavg").map(TaskLimits::tasks).orElse(OptionalLong.empty());
    }

    /** In {@code 0.20 0.18 0.12 1/80 11206}, the 80. */
    private static OptionalLong tasks(String loadavg) {
        return Stream.of(loadavg.split("\\s+", -1))
                .filter(field -> field.matches("[0-9]{1,9}/[0-9]{1,9}"))
                .flatMapToLong(field -> LongStream.of(Long.parseLong(field.substring(field.indexOf('/') + 1))))
                .findFirst();
    }

    private Stream<TaskLimit> levels(String mount, String path) {
        return Stream.iterate(path, at -> !at.isEmpty(), TaskLimits::above).flatMap(at -> level(mount, at));
    }

    private static String above(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private Stream<TaskLimit> level(String mount, String path) {
        try {
            Path folder = cgroups.orElseThrow().resolve(mount).resolve(path.substring(1));
            OptionalLong current = number(ProcFs.textOf(folder.resolve("pids.current")));
            return current.isEmpty()
                    ? Stream.empty()
                    : Stream.of(new TaskLimit(
                            Optional.of(path), current.getAsLong(), number(ProcFs.textOf(folder.resolve("pids.max")))));
        } catch (InvalidPathException e) {
            return Stream.empty(); // the encoding of this JVM cannot hold its name
        }
    }

    /** The number that a file has; empty for {@code max} and for no file. */
    static OptionalLong number(Optional<String> text) {
        return text.map(String::strip)
                .filter(digits -> digits.matches("[0-9]{1,18}"))
                .map(digits -> OptionalLong.of(Long.parseLong(digits)))
                .orElse(OptionalLong.empty());
    }
}
