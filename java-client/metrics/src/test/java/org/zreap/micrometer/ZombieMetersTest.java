// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.CommandName;
import org.zreap.Failure;
import org.zreap.ProcessIdentity;
import org.zreap.Zombie;
import org.zreap.ZreapException;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.internal.ZombieBuilder;

/** The meters that tell which zombies there are. */
class ZombieMetersTest {

    private static final String CONTAINER = "0123456789abcdef".repeat(4);
    private static final Duration MAX_AGE = Duration.ofSeconds(5);

    @TempDir
    private Path root;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);
    private final List<Zombie> zombies = new ArrayList<>();
    private boolean isBroken;
    private int looks;
    private long now = -5;

    @BeforeEach
    void machine() throws IOException {
        cgroup(10, "/system.slice/docker-" + CONTAINER + ".scope");
        cgroup(20, "/system.slice/cron.service");
        cgroup(ProcessHandle.current().pid(), "/");
        file("proc/loadavg", "0.20 0.18 0.12 1/500 11206\n");
        file("proc/sys/kernel/pid_max", "32768\n");
        file("cgroup/system.slice/docker-" + CONTAINER + ".scope/pids.current", "90\n");
        file("cgroup/system.slice/docker-" + CONTAINER + ".scope/pids.max", "100\n");
    }

    @Test
    void tellsParentAndContainer() {
        bind(20);
        add(101, 10, "java");
        add(102, 10, "java");
        add(103, 20, "cron");
        add(104, 0, null);

        readOnce();

        assertEquals(2, meters.gauge("zreap.zombies", "java", CONTAINER));
        assertEquals(1, meters.gauge("zreap.zombies", "cron", "none"));
        assertEquals(Set.of("docker-" + CONTAINER + ".scope", "cron.service", "unknown", "other"), tagged("unit"));
        assertEquals(1, meters.gauge("zreap.zombies", "unknown", "unknown"));
        assertEquals(0, meters.gauge("zreap.zombies", "other", "other"));
        zombies.clear();
        pass(MAX_AGE);
        assertEquals(0, meters.gauge("zreap.zombies", "java", CONTAINER));
    }

    @Test
    void tellsHowMuchRoomThereIs() {
        bind(20);
        add(101, 10, "java");
        add(103, 20, "cron");

        readOnce();

        assertEquals(10, meters.gauge("zreap.parent.pid.room", "java", CONTAINER));
        assertEquals(32768 - 500, meters.gauge("zreap.parent.pid.room", "cron", "none"));
        assertEquals(Double.NaN, meters.gauge("zreap.parent.pid.room", "other", "other"));
        assertEquals(32768 - 500, meters.value("zreap.pid.room"));
    }

    @Test
    void countsBirthsAfterTheFirstLook() {
        bind(20);
        add(101, 10, "java");
        readOnce();
        assertEquals(0, meters.births("java", CONTAINER));
        assertEquals(Double.NaN, meters.gauge("zreap.births.per.second", "java", CONTAINER));

        add(102, 10, "java");
        add(103, 10, "java");
        add(104, 20, "cron");
        zombies.remove(0);
        pass(Duration.ofSeconds(10));
        readOnce();

        assertEquals(2, meters.births("java", CONTAINER));
        assertEquals(0.2, meters.gauge("zreap.births.per.second", "java", CONTAINER));
        assertEquals(1, meters.births("cron", "none"));
        pass(Duration.ofSeconds(10));
        assertEquals(0, meters.gauge("zreap.births.per.second", "java", CONTAINER));
        assertEquals(2, meters.births("java", CONTAINER));
    }

    @Test
    void theNumberOfCrowdsIsBounded() {
        bind(2);
        for (int i = 0; i < 100; i++) {
            add(1000 + i, 20, "name-" + i);
            zombies.set(i, parented(1000 + i, 2000 + i, "name-" + i));
        }

        readOnce();

        assertEquals(98, meters.gauge("zreap.zombies", "other", "other"));
        assertEquals(1, meters.gauge("zreap.zombies", "name-0", "unknown"));
        assertEquals(Set.of("name-0", "name-1", "other"), parents());
        zombies.clear();
        add(3000, 20, "later");
        pass(MAX_AGE);
        readOnce();
        assertEquals(Set.of("name-0", "name-1", "other"), parents());
        assertEquals(1, meters.births("other", "other"));
    }

    @Test
    void whatHadNoZombiesForAnHourMakesRoom() {
        bind(1);
        add(101, 20, "first");
        readOnce();
        zombies.clear();
        pass(MAX_AGE);
        readOnce();
        add(102, 20, "second");
        pass(Duration.ofMinutes(59));
        readOnce();
        assertEquals(Set.of("first", "other"), parents());

        pass(Duration.ofMinutes(1));
        readOnce();

        assertEquals(Set.of("second", "other"), parents());
        assertEquals(1, meters.gauge("zreap.zombies", "second", "none"));
    }

    @Test
    void tellsTheOldestAge() {
        bind(20);
        zombies.add(aged(101, Optional.of(Duration.ofMillis(1500))));
        zombies.add(aged(102, Optional.of(Duration.ofMillis(500))));

        readOnce();

        assertEquals(1.5, meters.gauge("zreap.zombies.oldest.age", "cron", "none"));
        assertEquals(0, meters.gauge("zreap.zombies.oldest.age", "other", "other"));
        zombies.clear();
        zombies.add(aged(103, Optional.empty()));
        pass(MAX_AGE);
        assertEquals(Double.NaN, meters.gauge("zreap.zombies.oldest.age", "cron", "none"));
    }

    @Test
    void looksOnceForAllMetersOfAReading() {
        bind(20);
        add(101, 10, "java");

        readOnce();
        readOnce();
        assertEquals(1, looks);

        pass(MAX_AGE);
        readOnce();
        assertEquals(2, looks);
    }

    @Test
    void doesNotKnowWhereItCannotSee() {
        bind(20);
        add(101, 10, "java");
        readOnce();
        isBroken = true;
        pass(MAX_AGE);

        assertEquals(Double.NaN, meters.gauge("zreap.zombies", "java", CONTAINER));
        assertEquals(Double.NaN, meters.gauge("zreap.births.per.second", "java", CONTAINER));
        assertEquals(Double.NaN, meters.gauge("zreap.parent.pid.room", "java", CONTAINER));
        assertEquals(0, meters.births("java", CONTAINER));

        isBroken = false;
        add(102, 10, "java");
        pass(MAX_AGE);
        assertEquals(2, meters.gauge("zreap.zombies", "java", CONTAINER));
        assertEquals(1, meters.births("java", CONTAINER));
        assertEquals(0.1, meters.gauge("zreap.births.per.second", "java", CONTAINER));
    }

    @Test
    void aRegistryThatIsBoundLaterHasAllCrowds() {
        ZreapMetrics metrics = bind(20);
        add(101, 10, "java");
        readOnce();
        SimpleMeterRegistry second = new SimpleMeterRegistry();

        metrics.bindTo(second);

        assertEquals(1, new Meters(second).gauge("zreap.zombies", "java", CONTAINER));
        metrics.close();
        assertEquals(Set.of(), new Meters(second).names());
    }

    private ZreapMetrics bind(int mostCrowds) {
        ZreapMetrics metrics = ZreapMetrics.builder()
                .zombies(this::look)
                .diagnoser(Diagnoser.of(root.resolve("proc"), root.resolve("cgroup")))
                .mostCrowds(mostCrowds)
                .maxAge(MAX_AGE)
                .nanoTime(() -> now)
                .build();
        metrics.bindTo(registry);
        return metrics;
    }

    private List<Zombie> look() {
        looks++;
        if (isBroken) {
            throw new ZreapException(Failure.of("no", "none"));
        }
        return List.copyOf(zombies);
    }

    private void readOnce() {
        registry.getMeters().forEach(meter -> meter.measure().forEach(measurement -> measurement.getValue()));
    }

    private Set<String> parents() {
        return tagged("parent");
    }

    private Set<String> tagged(String tag) {
        return registry.find("zreap.zombies").gauges().stream()
                .map(gauge -> String.valueOf(gauge.getId().getTag(tag)))
                .collect(Collectors.toSet());
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void add(long pid, long parent, String name) {
        zombies.add(parented(pid, parent, name));
    }

    private static Zombie aged(long pid, Optional<Duration> age) {
        return new ZombieBuilder(new ProcessIdentity(pid, 5), CommandName.of("child"))
                .parentPid(20)
                .parentName(Optional.of(CommandName.of("cron")))
                .age(age)
                .build();
    }

    private static Zombie parented(long pid, long parent, String name) {
        return new ZombieBuilder(new ProcessIdentity(pid, 5), CommandName.of("child"))
                .parentPid(parent)
                .parentName(Optional.ofNullable(name).map(CommandName::of))
                .build();
    }

    private void cgroup(long pid, String path) throws IOException {
        file("proc/" + pid + "/cgroup", "0::" + path + "\n");
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
