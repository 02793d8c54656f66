// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.zreap.CommandName;
import org.zreap.ExitStatus;
import org.zreap.ProcessIdentity;
import org.zreap.diagnosis.Alternative;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.NextStep;
import org.zreap.diagnosis.Placement;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.engines.ContainerNames;
import org.zreap.internal.Births;
import org.zreap.internal.ZombieBuilder;
import org.zreap.serve.policy.Policy;
import org.zreap.serve.records.Entries;
import org.zreap.serve.watch.Look;

/** Boards for tests, with a day on them. */
final class Boards {

    static final Instant NOW = Instant.parse("2026-11-29T03:12:07Z");

    private Boards() {}

    static Entries.Parent parent(long pid, String name, String cgroup, Optional<String> unit) {
        return new Entries.Parent(
                pid,
                OptionalLong.of(10 * pid),
                Optional.of(CommandName.of(name)),
                Optional.of("/usr/bin/" + name),
                OptionalLong.of(1000),
                Optional.of("me"),
                Optional.of(new Placement(cgroup, unit, List.of())),
                ContainerNames.NONE);
    }

    static Finding finding(String evidence) {
        return new Finding(
                Finding.Kind.NEVER_WAITS,
                "Its parent never waits.",
                List.of(evidence, "SIGCHLD in neither SigCgt nor SigIgn of /proc/811/status"),
                List.of(new Alternative("it waits later, at a time of its own", "whether zombies pile up")),
                Optional.empty(),
                List.of(),
                new NextStep(NextStep.Action.REAP, "zreap sweep --parent=811"));
    }

    static Look.Parent crowd(Entries.Parent parent, int zombies, Optional<Finding> finding) {
        return new Look.Parent(
                parent,
                new Entries.Crowd(zombies, Optional.of(Duration.ofMinutes(150)), 12, OptionalInt.of(71)),
                finding);
    }

    static Entries.Step step(Entries.Parent parent, long pid, String name, Finding finding) {
        return new Entries.Step(
                NOW.minusSeconds(pid % 60),
                "browsers that never wait",
                "reap",
                false,
                new ZombieBuilder(new ProcessIdentity(pid, 10 * pid), CommandName.of(name))
                        .parentPid(parent.pid())
                        .build(),
                Optional.empty(),
                ContainerNames.NONE,
                parent,
                Optional.of(finding),
                new Entries.Crowd(12, Optional.empty(), 0, OptionalInt.empty()),
                true,
                Optional.of("reaped"),
                "reaped, exited 7",
                Optional.<ExitStatus>empty(),
                true);
    }

    static Look look(Policy policy, long minute, List<Look.Parent> worst, long inUse) {
        List<TaskLimit> limits = new ArrayList<>(List.of(
                new TaskLimit(Optional.empty(), inUse, OptionalLong.of(32_768)),
                new TaskLimit(Optional.of("/system.slice/kiosk.service"), 870, OptionalLong.of(1000)),
                new TaskLimit(Optional.of("/user.slice"), 12, OptionalLong.empty())));
        List<Look.Family> families = new ArrayList<>();
        worst.forEach(one -> families.add(family(one.parent(), one.crowd().zombies())));
        LongStream.range(1, 4)
                .forEach(pid -> families.add(family(parent(pid, "other", "/other", Optional.empty()), 0)));
        return new Look(
                NOW,
                Duration.ofMinutes(minute).toNanos(),
                policy,
                families,
                worst,
                new Births().note(List.of()),
                limits,
                Duration.ZERO,
                1234);
    }

    private static Look.Family family(Entries.Parent parent, int zombies) {
        return new Look.Family(
                parent,
                LongStream.range(0, zombies)
                        .mapToObj(i -> new ZombieBuilder(new ProcessIdentity(100_000 + i, 5), CommandName.of("x"))
                                .parentPid(parent.pid())
                                .build())
                        .toList());
    }

    /** Most of a day: one parent whose zombies grow and are swept, one that is steady, one that has ended. */
    static Board day(Policy policy) {
        Board board = new Board();
        Entries.Parent chrome = parent(811, "chrome", "/system.slice/kiosk.service", Optional.of("kiosk.service"));
        Entries.Parent java = parent(4242, "java", "/system.slice/app.service", Optional.of("app.service"));
        Entries.Parent nightly = parent(9000, "nightly.sh", "/user.slice/user-1000.slice", Optional.empty());
        for (long minute = 200; minute < 1440; minute += 5) {
            int growing = (int) (minute % 240);
            List<Look.Parent> worst = new ArrayList<>();
            if (growing > 0) {
                worst.add(crowd(chrome, growing, Optional.of(finding("seen at " + minute))));
            }
            worst.add(crowd(java, 17, Optional.empty()));
            if (minute < 700) {
                worst.add(crowd(nightly, 5, Optional.empty()));
            }
            board.looked(look(policy, minute, worst, 9000 + 60 * growing));
        }
        for (int i = 0; i < 240; i++) {
            board.note(step(chrome, 5000 + i, "cat", finding("seen")));
        }
        board.note(step(java, 7000, "sh", finding("another one")));
        board.note(Entries.service(NOW, "started", "mode act, rules: browsers that never wait"));
        board.note(Entries.left(NOW, "the rest", java, 3, Optional.empty(), "the parent may still wait for them"));
        board.note(Entries.emergency(
                NOW,
                new TaskLimit(Optional.of("/system.slice/kiosk.service"), 950, OptionalLong.of(1000)),
                900,
                "zombies are the reason; zreap sweeps the parents that have the most"));
        return board;
    }
}
