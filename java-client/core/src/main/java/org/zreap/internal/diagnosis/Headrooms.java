// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.zreap.diagnosis.Headroom;
import org.zreap.internal.proc.ProcCgroup;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStatus;

/**
 * Reads how many more processes can start.
 *
 * @param proc where processes are read
 * @param cgroups where cgroup2 or the hierarchies of version 1 are mounted, if they are
 */
public record Headrooms(ProcFs proc, Optional<Path> cgroups) {

    private static final int CAP_SYS_ADMIN = 21;
    private static final int CAP_SYS_RESOURCE = 24;

    /** In {@code 0.20 0.18 0.12 1/80 11206}, the 80. */
    private static final Pattern LOADAVG = Pattern.compile(" [0-9]+/([0-9]+) ");

    /** The task count and limit of a cgroup. */
    private record Level(String path, OptionalLong current, OptionalLong max) {

        private long room() {
            return max.orElse(Long.MAX_VALUE) - current.orElse(0);
        }
    }

    /**
     * The room.
     *
     * @param groups the cgroups of the process that takes the place
     * @param payer the process whose user's limit applies
     * @param mayReadLimits whether to read the file with that limit; false for a process in state D
     */
    public Headroom of(List<ProcCgroup> groups, long payer, boolean mayReadLimits) {
        List<Level> levels = groups.stream().flatMap(this::levels).toList();
        Optional<Level> tightest =
                levels.stream().filter(level -> level.max().isPresent()).min(Comparator.comparingLong(Level::room));
        Optional<Level> own = levels.stream().findFirst();
        OptionalLong userMax = mayReadLimits && isLimited(payer)
                ? number(proc.text(payer, "limits").flatMap(Headrooms::maxProcesses))
                : OptionalLong.empty();
        return new Headroom(
                tightest.map(Level::path),
                tightest.or(() -> own).map(Level::current).orElse(OptionalLong.empty()),
                tightest.map(Level::max).orElse(OptionalLong.empty()),
                userMax.isPresent() ? tasksOfUser(payer) : OptionalLong.empty(),
                userMax,
                number(proc.text("sys/kernel/pid_max")),
                proc.isOfInitialPidNamespace() ? tasksOfMachine() : OptionalLong.empty(),
                number(proc.text("sys/kernel/threads-max")));
    }

    /** A cgroup that counts tasks, then the cgroups above it. */
    private Stream<Level> levels(ProcCgroup group) {
        if (cgroups.isEmpty() || group.path().contains("/..")) {
            return Stream.empty(); // its path is outside of the mount
        }
        if (!group.isUnified()) {
            return group.controllers().contains("pids") ? levels(group.mountName(), group.path()) : Stream.empty();
        }
        // Next to version 1, systemd mounts version 2 one folder below.
        return Stream.of("", "unified").flatMap(mount -> levels(mount, group.path()));
    }

    private Stream<Level> levels(String mount, String path) {
        return Stream.iterate(path, at -> !at.isEmpty(), Headrooms::above).flatMap(at -> level(mount, at));
    }

    private static String above(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private Stream<Level> level(String mount, String path) {
        try {
            Path folder = cgroups.orElseThrow().resolve(mount).resolve(path.substring(1));
            OptionalLong current = number(ProcFs.textOf(folder.resolve("pids.current")));
            return current.isEmpty()
                    ? Stream.empty()
                    : Stream.of(new Level(path, current, number(ProcFs.textOf(folder.resolve("pids.max")))));
        } catch (InvalidPathException e) {
            return Stream.empty(); // the encoding of this JVM cannot hold its name
        }
    }

    /** Whether the kernel would refuse a fork at RLIMIT_NPROC. */
    private boolean isLimited(long pid) {
        Optional<ProcStatus> status = proc.status(pid);
        boolean isRoot =
                status.flatMap(s -> s.number("Uid")).filter(uid -> uid == 0).isPresent();
        boolean isExempt = status.filter(s -> s.bit("CapEff", CAP_SYS_ADMIN) || s.bit("CapEff", CAP_SYS_RESOURCE))
                        .isPresent()
                && proc.link(pid, "ns/user").isPresent()
                && proc.link(pid, "ns/user").equals(proc.ownLink("ns/user"));
        return !isRoot && !isExempt;
    }

    /** The count against pid_max and threads-max: every thread, and one for each zombie. */
    private OptionalLong tasksOfMachine() {
        return number(
                proc.text("loadavg").map(LOADAVG::matcher).filter(Matcher::find).map(tasks -> tasks.group(1)));
    }

    /** The count for RLIMIT_NPROC: every thread, and one for each zombie. */
    private OptionalLong tasksOfUser(long pid) {
        Optional<Long> uid = proc.status(pid).flatMap(status -> status.number("Uid"));
        return uid.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(proc.pids()
                        .mapToObj(proc::status)
                        .flatMap(Optional::stream)
                        .filter(status -> status.number("Uid").equals(uid))
                        .mapToLong(status -> status.number("Threads").orElse(1L))
                        .sum());
    }

    /** The soft limit in the line {@code Max processes  SOFT  HARD  processes}. */
    private static Optional<String> maxProcesses(String limits) {
        return limits.lines()
                .filter(line -> line.startsWith("Max processes"))
                .map(line -> line.split("\\s+", -1)[2])
                .findFirst();
    }

    private static OptionalLong number(Optional<String> text) {
        return text.map(String::strip)
                .filter(digits -> digits.matches("[0-9]{1,18}"))
                .map(digits -> OptionalLong.of(Long.parseLong(digits)))
                .orElse(OptionalLong.empty());
    }
}
