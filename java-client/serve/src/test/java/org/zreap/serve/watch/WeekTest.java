// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.ZombieState;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.NextStep;
import org.zreap.diagnosis.Placement;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.engines.ContainerNames;
import org.zreap.serve.metrics.ServiceMetrics;
import org.zreap.serve.page.PageHost;
import org.zreap.serve.policy.Policy;
import org.zreap.serve.policy.PolicyException;
import org.zreap.serve.policy.PolicyFile;
import org.zreap.serve.records.Entries;
import org.zreap.serve.records.RecordFile;
import org.zreap.serve.records.RecordReader;

/**
 * A week of the service with all that it can do, by a clock that runs faster. Every day has the same
 * events, with new parents, zombies and containers. At its end it needs no more than after a day.
 */
@Timeout(600)
class WeekTest {

    private static final int DAYS = 7;
    private static final int HOURS = 24;

    /** Parents that live all week: the others live for an hour. */
    private static final int LASTING = 8;

    private static final int HOT = 200;

    /** It looks no more often than this, so nothing comes of more ticks. */
    private static final Duration TICK = Duration.ofSeconds(5);

    /**
     * Less than what stays if the service forgets one entry for each look, or for each zombie, of the six
     * days. Without a leak it was 18 to 350 KiB: what the JVM and its libraries load late or keep for a while.
     */
    private static final long HEAP_MARGIN = 512 << 10;

    /** The bytes of an entry of a map, with the record that is its key. */
    private static final int SMALLEST_LEAK = 64;

    private static final String BARE_POLICY = """
            version: 1
            mode: act
            scan: {fastest: 5s, slowest: 60s}
            protect: {commands: [database]}
            emergency: {above: 90%, min-age: 5s}
            rules:
              - name: jobs
                match: {min-age: 1m, command: 'job*', cause: never-waits}
                steps: [nudge, reap]
                pause: 1m
              - {name: rehearsed, match: {pod: 'pod-*', min-age: 1m}, steps: reap, dry-run: true}
              - {name: hot, match: {min-count: 100, min-age: 1m}, steps: [adopt, reap], limit-per-minute: 60}
              - {name: rest, match: {min-age: 1m}, steps: report}
            """;

    @TempDir
    private Path folder;

    private final FakeMachine machine = new FakeMachine();
    private final List<String> log = new ArrayList<>();
    private final PrintStream complaints = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    private RecordFile record;
    private PageHost page;
    private ServiceMetrics metrics;
    private Watch watch;
    private int pagePort;
    private long nextPid = 1000;
    private long zombies;

    /** What the JVM has. */
    private record Needs(long heap, List<String> threads, List<String> descriptors) {

        static Needs now() throws IOException, JMException {
            return new Needs(liveBytes(), threadNames(), descriptorTargets());
        }

        /** What is alive, without what the collector itself takes. A collection lets the next one find more. */
        private static long liveBytes() throws JMException {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 3; i++) {
                String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "gcClassHistogram",
                                new Object[] {new String[0]},
                                new String[] {String[].class.getName()});
                String total = histogram.strip().substring(histogram.strip().lastIndexOf('\n') + 1);
                least = Math.min(least, Long.parseLong(total.replaceAll("Total +[0-9]+ +([0-9]+)", "$1")));
            }
            return least;
        }

        private static List<String> threadNames() {
            return Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .toList();
        }

        private static List<String> descriptorTargets() throws IOException {
            List<String> targets = new ArrayList<>();
            try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
                for (Path one : descriptors.toList()) {
                    if (Files.isSymbolicLink(one)) {
                        targets.add(Files.readSymbolicLink(one).toString().replaceAll("\\[[0-9]+]", ""));
                    }
                }
            }
            return targets;
        }
    }

    @BeforeEach
    void start() throws IOException, PolicyException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            pagePort = free.getLocalPort();
        }
        record = RecordFile.open(folder.resolve("record.jsonl"), machine::instant);
        page = new PageHost(record, complaints);
        metrics = new ServiceMetrics(folder.resolve("module"), machine, log::add, log::add);
        Files.createDirectories(folder.resolve("module/stats"));
        Files.writeString(folder.resolve("module/version"), "1.0\n");
        watch = new Watch(
                machine,
                machine,
                page,
                Policy.builtIn(),
                new ProgressFile(folder.resolve("progress"), "boot", complaints),
                () -> {});
        watch.listen(page);
        watch.listen(metrics);
        reload(fullPolicy());
        for (long pid = 1; pid <= LASTING; pid++) {
            machine.parent(pid, pid == 1 ? "database" : "steady" + pid);
        }
    }

    @AfterEach
    void stop() {
        metrics.close();
        page.close();
        record.close();
    }

    @Test
    void needsNoMoreThanAfterADay() throws IOException, PolicyException, JMException {
        day();
        Needs first = Needs.now();
        int looksOfFirst = machine.listings;
        long zombiesOfFirst = zombies;

        for (int i = 1; i < DAYS; i++) {
            day();
        }

        Needs last = Needs.now();
        long looks = machine.listings - looksOfFirst;
        assertTrue(looks * SMALLEST_LEAK > HEAP_MARGIN, looks + " looks are too few to see a leak");
        assertTrue((zombies - zombiesOfFirst) * SMALLEST_LEAK > HEAP_MARGIN, zombies + " zombies are too few");
        assertEquals(List.of(), more(first.threads(), last.threads()));
        assertEquals(List.of(), more(first.descriptors(), last.descriptors()));
        assertTrue(
                last.heap() - first.heap() < HEAP_MARGIN,
                last.heap() - first.heap() + " bytes more after " + looks + " looks and " + zombies + " zombies");
        assertEquals(Set.of("emergency", "left", "report", "service", "step"), typesOfLastDay());
    }

    private void day() throws IOException, PolicyException {
        for (int hour = 0; hour < HOURS; hour++) {
            hour(hour);
        }
    }

    private void hour(int hour) throws IOException, PolicyException {
        List<Long> guests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            guests.add(container(hour));
        }
        if (hour % 6 == 0) {
            guests.add(hotParent());
        }
        for (long pid = 1; pid <= LASTING; pid++) {
            machine.waited(pid);
            born(pid, 2, pid == 2 ? Optional.of(ZombieState.PARENT_STOPPED) : Optional.empty());
        }
        events(hour);
        run(Duration.ofMinutes(30));
        machine.outage(false);
        machine.limits.remove(0L);
        guests.forEach(machine::ends);
        run(Duration.ofMinutes(30));
        metrics.refresh();
        machine.calls.clear();
    }

    private void events(int hour) throws IOException, PolicyException {
        machine.refuse(hour % 8 == 5 ? Optional.of("parent-busy") : Optional.empty());
        switch (hour) {
            case 0 -> rotate();
            case 2 -> reload(BARE_POLICY);
            case 4 -> reload(fullPolicy());
            case 7 -> metrics.policyRefused();
            case 9 -> machine.setClock(machine.now().plusDays(3));
            case 10 -> machine.setClock(machine.now().minusDays(3));
            case 11 -> machine.outage(true);
            case 12 -> machine.limits.put(0L, List.of(new TaskLimit(Optional.empty(), 95, OptionalLong.of(100))));
            default -> {
                if (hour > 4) {
                    assertTrue(ask(pagePort, "/").contains("job"), "the page shows parents");
                    assertTrue(ask(metricsPort(), "/metrics").contains("zreap_zombies{"), "the metrics are there");
                }
            }
        }
    }

    /** A parent in a container of its own. */
    private long container(int hour) {
        long pid = nextPid++;
        String id = String.format("%064x", pid);
        machine.name(
                id,
                new ContainerNames(
                        Optional.of("web-" + pid), Optional.empty(), Optional.of("pod-" + pid), Optional.of("shop")));
        machine.parent(
                pid,
                "job" + pid % 5,
                "/usr/bin/job",
                "me",
                Optional.of(new Placement(
                        "/pods/" + id,
                        Optional.of("crio-" + id + ".scope"),
                        List.of(new Container(Container.Engine.CRI_O, id, Optional.of("pod-" + pid))))));
        if (hour % 3 == 0) {
            machine.finding(pid, Finding.Kind.PARENT_FROZEN, NextStep.Action.LEAVE);
        }
        machine.limits.put(pid, List.of(new TaskLimit(Optional.of("/pods/" + id), 20, OptionalLong.of(100))));
        born(pid, 3, Optional.empty());
        return pid;
    }

    private long hotParent() {
        long pid = nextPid++;
        machine.parent(pid, "hot");
        born(pid, HOT, Optional.empty());
        return pid;
    }

    private void born(long parent, int number, Optional<ZombieState> spared) {
        machine.born(parent, number, spared);
        zombies += number;
    }

    private void run(Duration time) {
        long end = machine.nanos() + time.toNanos();
        while (machine.nanos() < end) {
            watch.tick();
            machine.advance(TICK);
        }
    }

    /** As logrotate does it. */
    private void rotate() throws IOException {
        Path file = folder.resolve("record.jsonl");
        Files.move(file, folder.resolve("record.jsonl.1"), StandardCopyOption.REPLACE_EXISTING);
        record.reopen();
        record.add(Entries.service(machine.instant(), "policy-loaded", "rotated"));
    }

    private void reload(String text) throws IOException, PolicyException {
        Policy policy = PolicyFile.read(Files.writeString(folder.resolve("policy.yaml"), text));
        watch.setPolicy(policy);
        page.open(policy.statusPage());
        metrics.apply(policy.metrics());
    }

    private String fullPolicy() {
        return BARE_POLICY + "status-page: {listen: '127.0.0.1:" + pagePort + "'}\n"
                + "metrics: {http: {listen: '127.0.0.1:0'}, jmx: true, textfile: " + folder.resolve("zreap.prom")
                + "}\n";
    }

    private int metricsPort() {
        String url = log.get(log.size() - 1);
        return Integer.parseInt(url.replaceAll(".*:([0-9]+)/metrics", "$1"));
    }

    private static String ask(int port, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Set<String> typesOfLastDay() {
        Set<String> types = new TreeSet<>();
        RecordReader.read(
                folder.resolve("record.jsonl"), entry -> entry.text("type").ifPresent(types::add));
        return types;
    }

    /** What the second list has more often than the first. */
    private static List<String> more(List<String> before, List<String> after) {
        Map<String, Long> counts =
                new HashMap<>(before.stream().collect(Collectors.groupingBy(name -> name, Collectors.counting())));
        return after.stream()
                .filter(name -> counts.merge(name, -1L, Long::sum) < 0)
                .toList();
    }
}
