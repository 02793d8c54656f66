// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskLimitTest {

    @TempDir
    private Path root;

    private Path proc;
    private Diagnoser diagnoser;

    @BeforeEach
    void prepare() throws IOException {
        proc = Files.createDirectories(root.resolve("proc"));
        Files.createDirectories(proc.resolve("sys/kernel"));
        Files.createDirectories(proc.resolve("77"));
        diagnoser = Diagnoser.of(proc, root.resolve("cgroup"));
    }

    @Test
    void tellsTheLimitsOfAllCgroupsAbove() throws IOException {
        Files.writeString(proc.resolve("77/cgroup"), "0::/app.slice/app.service\n");
        group("app.slice", 50, "100");
        group("app.slice/app.service", 40, "max");

        assertEquals(
                List.of(
                        new TaskLimit(Optional.of("/app.slice/app.service"), 40, OptionalLong.empty()),
                        new TaskLimit(Optional.of("/app.slice"), 50, OptionalLong.of(100))),
                diagnoser.taskLimits(77));
        assertEquals(List.of(), diagnoser.taskLimits(78));
    }

    @Test
    void tellsTheLowerLimitOfTheMachine() throws IOException {
        assertEquals(Optional.empty(), diagnoser.taskLimitOfMachine());

        Files.writeString(proc.resolve("loadavg"), "0.00 0.01 0.05 2/345 6789\n");
        Files.writeString(proc.resolve("sys/kernel/pid_max"), "4194304\n");
        Files.writeString(proc.resolve("sys/kernel/threads-max"), "1000\n");

        TaskLimit limit = diagnoser.taskLimitOfMachine().orElseThrow();
        assertEquals(new TaskLimit(Optional.empty(), 345, OptionalLong.of(1000)), limit);
        assertEquals(655, limit.room());
        assertEquals(65, limit.roomPercent());
    }

    @Test
    void hasAllRoomWithoutLimitAndNoneBeyondIt() {
        TaskLimit free = new TaskLimit(Optional.empty(), 5, OptionalLong.empty());
        TaskLimit full = new TaskLimit(Optional.empty(), 7, OptionalLong.of(5));
        TaskLimit closed = new TaskLimit(Optional.empty(), 0, OptionalLong.of(0));

        assertEquals(100, free.roomPercent());
        assertEquals(Long.MAX_VALUE, free.room());
        assertEquals(0, full.room());
        assertEquals(0, full.roomPercent());
        assertEquals(0, closed.roomPercent());
    }

    private void group(String path, int current, String max) throws IOException {
        Path folder = Files.createDirectories(root.resolve("cgroup").resolve(path));
        Files.writeString(folder.resolve("pids.current"), current + "\n");
        Files.writeString(folder.resolve("pids.max"), max + "\n");
    }
}
