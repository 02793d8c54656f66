// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.ProcessIdentity;
import org.zreap.ZombieState;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.NextStep;
import org.zreap.diagnosis.Placement;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.engines.ContainerNames;
import org.zreap.json.JsonLines;
import org.zreap.serve.policy.Policy;
import org.zreap.serve.policy.PolicyException;
import org.zreap.serve.policy.PolicyFile;

@Timeout(300)
class WatchTest {

    private static final long PARENT = 100;
    private static final long OTHER = 200;

    @TempDir
    private Path folder;

    private final FakeMachine machine = new FakeMachine();
    private final List<String> record = new ArrayList<>();
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

    /** Every entry is as the schema has it. */
    @AfterEach
    void judgeTheRecord() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("../../docs/schema/record.schema.json")), InputFormat.JSON);
        for (String line : record.subList(0, Math.min(record.size(), 100))) {
            assertEquals(List.of(), schema.validate(line, InputFormat.JSON), line);
        }
    }

    @Test
    void onlyReportsByDefault() {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 3);
        Watch watch = watch(Policy.builtIn());

        run(watch, Duration.ofMinutes(10));

        assertEquals(List.of(), machine.calls);
        assertEquals(3, machine.count());
        assertEquals(1, record.size(), record.toString());
        assertTrue(record.get(0).contains("\"rule\":\"report-all\""), record.get(0));
        assertTrue(record.get(0).contains("\"zombies\":3"), record.get(0));
        assertTrue(record.get(0).contains("\"text\":\"the rule only reports\""), record.get(0));
        assertEquals("zombies: 3, parents: 1, taken since the start: 0", watch.status());
    }

    @Test
    void tellsListenersWhatItSees() {
        machine.parent(PARENT, "leaky");
        machine.limits.put(PARENT, List.of(new TaskLimit(Optional.of("/leaky"), 40, OptionalLong.of(100))));
        machine.born(PARENT, 3);
        Watch watch = watch(Policy.builtIn());
        Looks looks = new Looks();
        watch.listen(looks);

        run(watch, Duration.ofSeconds(70));
        machine.outage(true);
        run(watch, Duration.ofMinutes(2));

        Look last = looks.heard.get(looks.heard.size() - 1);
        assertEquals(3, last.zombies());
        assertEquals(1, last.families().size());
        assertEquals(3, last.worst().get(0).crowd().zombies());
        assertEquals(OptionalInt.of(60), last.worst().get(0).crowd().roomPercent());
        assertEquals(
                List.of(Optional.of("/leaky")),
                last.limits().stream().map(TaskLimit::cgroup).toList());
        assertEquals(Policy.builtIn(), last.policy());
        assertTrue(looks.failures.size() >= 2, looks.failures.toString());
        assertEquals(watch.status(), looks.failures.get(0));
    }

    @Test
    void climbsTheLadderWithPauses() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 3);
        Watch watch = watch(act("""
                  - name: all
                    match: {min-age: 60s}
                    steps: [nudge, adopt, reap]
                    pause: 10s
                """));

        run(watch, Duration.ofSeconds(59));
        assertEquals(List.of(), machine.calls);
        run(watch, Duration.ofSeconds(55));

        assertEquals(List.of("nudge 100 x1", "adopt 100 x3", "reap 100 x3"), machine.calls);
        assertEquals(0, machine.count());
        assertEquals(
                List.of("nudge", "adopt", "adopt", "adopt", "reap", "reap", "reap"),
                record.stream()
                        .filter(line -> line.contains("\"type\":\"step\""))
                        .map(line -> line.replaceAll(".*\"step\":\"([a-z]+)\".*", "$1"))
                        .toList());
        String last = record.get(record.size() - 1);
        for (String part : List.of(
                "\"rule\":\"all\"",
                "\"pid\":10002,\"start\":100020",
                "\"exitCode\":7",
                "\"parent\":{\"pid\":100,\"start\":101,\"name\":\"leaky\"",
                "\"cause\":\"never-waits\"",
                "\"evidence\":[\"/proc/100/status: SigCgt has no SIGCHLD\"]",
                "\"result\":\"reaped\"",
                "\"before\":{\"zombies\":3",
                "\"after\":{\"gone\":true}")) {
            assertTrue(last.contains(part), last);
        }
        assertEquals("zombies: 0, parents: 0, taken since the start: 3", watch.status());
    }

    @Test
    void writesWhatTheEngineCallsAContainer() throws IOException, PolicyException {
        Container container = new Container(Container.Engine.CRI_O, "abc", Optional.of("0a1b"));
        machine.name(
                "abc",
                new ContainerNames(
                        Optional.of("web\n"), Optional.empty(), Optional.of("web-x2k8q"), Optional.of("shop")));
        machine.parent(
                PARENT,
                "leaky",
                "/usr/bin/leaky",
                "me",
                Optional.of(new Placement("/pods/abc", Optional.empty(), List.of(container))));
        machine.parent(OTHER, "bare");
        machine.born(PARENT, 1);
        machine.born(OTHER, 1);

        run(watch(act("  - {name: all, match: {min-age: 1s}, steps: reap}\n")), Duration.ofSeconds(5));

        String names = "\"podUid\":\"0a1b\",\"containerName\":\"web\\\\012\",\"podName\":\"web-x2k8q\","
                + "\"podNamespace\":\"shop\"}";
        String step = steps("\"pid\":100,");
        assertEquals(3, step.split(Pattern.quote(names), -1).length, step);
        assertFalse(steps("\"pid\":200,").contains("Name\":"), record.toString());
    }

    private String steps(String part) {
        return record.stream()
                .filter(line -> line.contains("\"type\":\"step\"") && line.contains(part))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void leavesWhatWentByItself() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 3);
        Watch watch = watch(act("  - {name: all, steps: [nudge, reap], pause: 10s}\n"));

        run(watch, Duration.ofSeconds(60));
        while (machine.calls.isEmpty()) {
            run(watch, Duration.ofSeconds(1));
        }
        assertEquals(List.of("nudge 100 x1"), machine.calls);
        machine.waited(PARENT);
        run(watch, Duration.ofSeconds(60));

        assertEquals(List.of("nudge 100 x1"), machine.calls);
    }

    @Test
    void nudgesAParentNoMoreThanOnceInAPause() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        Watch watch = watch(act("  - {name: all, match: {min-age: 1s}, steps: nudge, pause: 20s}\n"));

        for (int i = 0; i < 60; i++) {
            machine.born(PARENT, 1);
            run(watch, Duration.ofSeconds(1));
        }

        assertEquals(3, machine.calls.size(), machine.calls.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "command: leaky                       | true",
                "command: other                       | false",
                "command: [other, 'lea*']             | true",
                "executable: /opt/app/*               | true",
                "executable: /usr/*                   | false",
                "user: www-data                       | true",
                "user: 1000                           | true",
                "user: root                           | false",
                "unit: 'app*.service'                 | true",
                "unit: ssh.service                    | false",
                "engine: docker                       | true",
                "engine: [podman, cri-o]              | false",
                "pod: '0a1b-*'                        | true",
                "pod: ffff                            | false",
                "cause: never-waits                   | true",
                "cause: [no-init, not-its-own]        | false",
                "min-age: 90s                         | true",
                "min-age: 3m                          | false",
                "min-count: 5                         | true",
                "min-count: 6                         | false",
                "min-births-per-minute: 3             | false",
                "max-room: 25%                        | true",
                "max-room: 24%                        | false",
                "command: leaky, user: root           | false",
            })
    void isForWhatAllConditionsFit(String match, boolean fits) throws IOException, PolicyException {
        Placement place = new Placement(
                "/system.slice/app1.service",
                Optional.of("app1.service"),
                List.of(new Container(Container.Engine.DOCKER, "abc", Optional.of("0a1b-2c"))));
        machine.parent(PARENT, "leaky", "/opt/app/leaky", "www-data", Optional.of(place));
        machine.limits.put(PARENT, List.of(limit("/system.slice/app1.service", 75, 100)));
        machine.born(PARENT, 5);
        machine.advance(Duration.ofMinutes(2));
        String age = match.contains("min-age") ? "" : "min-age: 0s, ";

        run(watch(act("  - {name: one, match: {" + age + match + "}, steps: reap}\n")), Duration.ofSeconds(1));

        assertEquals(fits ? List.of("reap 100 x5") : List.of(), machine.calls);
    }

    @Test
    void tellsWhatItSees() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.parent(OTHER, "database");
        TaskLimit limit = limit("/system.slice/app1.service", 75, 100);
        machine.limits.put(PARENT, List.of(limit));
        machine.born(OTHER, 1);
        machine.born(PARENT, 2);
        Looks looks = new Looks();
        Watch watch = watch(act("  - {name: all, match: {command: leaky, min-age: 10s}, steps: reap}\n"));
        watch.listen(looks);

        run(watch, Duration.ofSeconds(1));
        List<ProcessIdentity> born = machine.born(PARENT, 3);
        run(watch, Duration.ofSeconds(1));

        Look first = looks.heard.get(0);
        assertTrue(first.births().isFirst());
        assertEquals(
                List.of("leaky x2", "database x1"),
                first.families().stream()
                        .map(family -> family.parent().name().orElseThrow() + " x"
                                + family.zombies().size())
                        .toList());
        assertEquals(List.of(limit), List.copyOf(first.limits()));
        Look second = looks.heard.get(1);
        assertEquals(Set.copyOf(born), second.births().born());
        assertEquals(3, second.births().countOf(second.families().get(0).zombies()));
        assertEquals(0, second.taken());

        run(watch, Duration.ofSeconds(20));
        assertEquals(5, looks.heard.get(looks.heard.size() - 1).taken());
        int before = looks.heard.size();
        machine.outage(true);
        run(watch, Duration.ofSeconds(40));
        assertEquals(before, looks.heard.size());
        assertTrue(looks.failures.size() > 1, "it hears of each try");
    }

    @Test
    void countsBirthsOfTheLastMinute() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        Watch watch = watch(act("  - {name: fast, match: {min-age: 0s, min-births-per-minute: 10}, steps: reap}\n"));

        machine.born(PARENT, 9);
        run(watch, Duration.ofSeconds(70));
        assertEquals(List.of(), machine.calls);
        machine.born(PARENT, 10);
        run(watch, Duration.ofSeconds(30));

        assertEquals(List.of("reap 100 x19"), machine.calls);
    }

    @Test
    void takesTheFirstRuleThatFits() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.parent(OTHER, "database");
        machine.born(PARENT, 2);
        machine.born(OTHER, 1);
        Watch watch = watch(act("""
                  - {name: spare, match: {command: database}, steps: report}
                  - {name: rest, steps: reap}
                """));

        run(watch, Duration.ofMinutes(5));

        assertEquals(List.of("reap 100 x2"), machine.calls);
    }

    @Test
    void neverReapsWhatWhySaysNotToReapUnlessTheRuleNamesTheCause() throws IOException, PolicyException {
        machine.parent(PARENT, "reader");
        machine.finding(PARENT, Finding.Kind.PARENT_READS_PIPE, NextStep.Action.LEAVE);
        machine.born(PARENT, 2);
        Watch watch = watch(act("  - {name: all, steps: [nudge, reap], pause: 1s}\n"));

        run(watch, Duration.ofMinutes(5));

        assertEquals(List.of("nudge 100 x1"), machine.calls);
        assertTrue(
                record.stream()
                        .anyMatch(line -> line.contains("\"type\":\"left\"")
                                && line.contains("\"cause\":\"parent-reads-pipe\"")
                                && line.contains("do not reap: it may wait")),
                record.toString());

        watch.setPolicy(act("  - {name: named, match: {cause: parent-reads-pipe}, steps: [reap], pause: 1s}\n"));
        run(watch, Duration.ofMinutes(1));
        assertEquals(List.of("nudge 100 x1", "reap 100 x2"), machine.calls);
    }

    @Test
    void sparesWhatTheModuleWouldSpareInASweep() throws IOException, PolicyException {
        machine.parent(PARENT, "stopped");
        machine.born(PARENT, 2, Optional.of(ZombieState.PARENT_STOPPED));
        machine.born(PARENT, 1, Optional.of(ZombieState.PARENT_BUSY));

        run(watch(act("  - {name: all, steps: [nudge, adopt, reap], pause: 1s}\n")), Duration.ofMinutes(5));

        assertEquals(List.of(), machine.calls);
        assertEquals(
                2, record.stream().filter(line -> line.contains("\"left\"")).count(), record.toString());
    }

    @Test
    void repeatsAStepThatIsRefusedForNow() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 1);
        machine.refuse(Optional.of("parent-busy"));
        Watch watch = watch(act("  - {name: all, match: {min-age: 0s}, steps: reap, pause: 10s}\n"));

        run(watch, Duration.ofSeconds(15));
        assertEquals(List.of("reap 100 x1", "reap 100 x1"), machine.calls);
        machine.refuse(Optional.empty());
        run(watch, Duration.ofSeconds(15));

        assertEquals(0, machine.count());
        assertEquals(3, machine.calls.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{commands: 'lea*'}   ",
                "{units: app.service} ",
                "{users: me}          ",
                "{users: 1000}        ",
            })
    void protectsParents(String protection) throws IOException, PolicyException {
        machine.parent(
                PARENT,
                "leaky",
                "/usr/bin/leaky",
                "me",
                Optional.of(new Placement("/app.service", Optional.of("app.service"), List.of())));
        machine.limits.put(0L, List.of(new TaskLimit(Optional.empty(), 99, OptionalLong.of(100))));
        machine.born(PARENT, 50);

        run(
                watch(policy("mode: act\nemergency: {}\nprotect: " + protection
                        + "\nrules:\n  - {name: all, steps: reap}\n")),
                Duration.ofMinutes(5));

        assertEquals(List.of(), machine.calls);
    }

    @Test
    void onlyReportsOfAParentThatItCannotSee() throws IOException, PolicyException {
        machine.parent(PARENT, "hidden");
        machine.hide(PARENT);
        machine.born(PARENT, 3);

        run(watch(act("  - {name: all, steps: reap}\n")), Duration.ofMinutes(5));

        assertEquals(List.of(), machine.calls);
        assertTrue(record.get(0).contains("\"text\":\"the parent cannot be seen\""), record.get(0));
    }

    @Test
    void staysWithinTheLimitOfARule() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 100);
        Watch watch = watch(act("  - {name: all, match: {min-age: 0s}, steps: reap, limit-per-minute: 30}\n"));

        run(watch, Duration.ofSeconds(50));
        assertEquals(70, machine.count());
        run(watch, Duration.ofSeconds(60));
        assertEquals(40, machine.count());
        run(watch, Duration.ofMinutes(5));

        assertEquals(0, machine.count());
        assertTrue(
                record.stream().anyMatch(line -> line.contains("the rule may take 30 steps a minute")),
                record.toString());
    }

    @Test
    void actsOnlyInItsSchedule() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 3);
        Watch watch = watch(act("  - {name: all, steps: reap, schedule: {from: \"04:00\", to: \"05:00\"}}\n"));

        run(watch, Duration.ofMinutes(59));
        assertEquals(List.of(), machine.calls);
        run(watch, Duration.ofMinutes(2));

        assertEquals(List.of("reap 100 x3"), machine.calls);
    }

    @Test
    void onlyAsksInADryRun() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 3);

        run(watch(act("  - {name: all, steps: reap, dry-run: true}\n")), Duration.ofMinutes(5));

        assertEquals(List.of("reap dry 100 x3"), machine.calls);
        assertEquals(3, machine.count());
        assertTrue(record.get(1).contains("\"dryRun\":true"), record.get(1));
        assertTrue(record.get(1).contains("\"taken\":false"), record.get(1));
    }

    @Test
    void actsAfterADryRunAsIfThereHadBeenNone() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 3);
        String rule = "  - {name: all, match: {min-age: 0s}, steps: reap, pause: 1s, dry-run: ";
        Watch watch = watch(act(rule + "true}\n"));
        run(watch, Duration.ofSeconds(10));
        assertEquals(List.of("reap dry 100 x3"), machine.calls);

        watch.setPolicy(act(rule + "false}\n"));
        run(watch, Duration.ofSeconds(40));

        assertEquals(0, machine.count());
        assertEquals(
                2, record.stream().filter(line -> line.contains("\"report\"")).count(), record.toString());
    }

    @Test
    void takesUpAStepThatBrokeOff() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 3);
        Watch watch = watch(act("  - {name: all, match: {min-age: 0s}, steps: reap, pause: 1s}\n"));

        machine.breakOff(1);
        run(watch, Duration.ofSeconds(1));
        assertEquals(2, machine.count());
        run(watch, Duration.ofSeconds(40));

        assertEquals(0, machine.count());
    }

    /** A diagnosis costs much, so that each look has a bound. */
    @Test
    void learnsTheCausesOfManyWithoutPause() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 2000);
        machine.advance(Duration.ofMinutes(2));
        Watch watch = watch(act("  - {name: all, match: {cause: never-waits}, steps: report}\n"));

        run(watch, Duration.ofSeconds(5));

        assertTrue(
                record.stream().anyMatch(line -> line.contains("\"report\"") && line.contains("\"zombies\":2000")),
                record.toString());
    }

    @Test
    void sweepsTheWorstParentInAnEmergency() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.parent(OTHER, "small");
        machine.born(PARENT, 80);
        machine.born(OTHER, 10);
        machine.limits.put(0L, List.of(new TaskLimit(Optional.empty(), 95, OptionalLong.of(100))));
        Watch watch = watch(policy("mode: act\nemergency: {above: 90%, min-age: 5s}\n"));

        run(watch, Duration.ofSeconds(4));
        assertEquals(List.of(), machine.calls);
        run(watch, Duration.ofSeconds(2));

        assertEquals("sweep 100 x80", machine.calls.get(0));
        assertEquals(10, machine.count());
        assertTrue(
                record.get(0).contains("\"type\":\"emergency\",")
                        && record.get(0).contains("zombies are the reason"),
                record.get(0));
    }

    @Test
    void sweepsInAFullCgroup() throws IOException, PolicyException {
        String group = "/system.slice/app.service";
        machine.parent(
                PARENT,
                "leaky",
                "/leaky",
                "me",
                Optional.of(new Placement(group + "/worker", Optional.empty(), List.of())));
        machine.parent(OTHER, "elsewhere");
        machine.born(PARENT, 50);
        machine.born(OTHER, 500);
        machine.limits.put(PARENT, List.of(limit(group, 60, 60)));
        machine.limits.put(0L, List.of(new TaskLimit(Optional.empty(), 700, OptionalLong.of(30_000))));

        run(watch(policy("mode: act\nemergency: {}\n")), Duration.ofSeconds(7));

        assertEquals("sweep 100 x50", machine.calls.get(0));
        assertEquals(500, machine.count());
    }

    @Test
    void sweepsNothingIfZombiesAreNotTheReason() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 4);
        machine.limits.put(0L, List.of(new TaskLimit(Optional.empty(), 95, OptionalLong.of(100))));

        run(watch(policy("mode: act\nemergency: {above: 90%, min-age: 0s}\n")), Duration.ofSeconds(10));

        assertEquals(List.of(), machine.calls);
        assertTrue(record.get(0).contains("zombies are not the reason"), record.get(0));
    }

    @Test
    void onlyReportsAnEmergencyUnlessThePolicyNamesIt() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 80);
        machine.limits.put(0L, List.of(new TaskLimit(Optional.empty(), 95, OptionalLong.of(100))));

        run(watch(policy("mode: act\n")), Duration.ofSeconds(10));
        run(watch(policy("mode: report\nemergency: {}\n")), Duration.ofSeconds(10));

        assertEquals(List.of(), machine.calls);
        assertTrue(record.get(0).contains("the policy does not let zreap act on it"), record.get(0));
    }

    @Test
    void leavesInAnEmergencyWhatWhySaysNotToReap() throws IOException, PolicyException {
        machine.parent(PARENT, "reader");
        machine.finding(PARENT, Finding.Kind.PARENT_READS_PIPE, NextStep.Action.LEAVE);
        machine.born(PARENT, 80);
        machine.limits.put(0L, List.of(new TaskLimit(Optional.empty(), 95, OptionalLong.of(100))));

        run(watch(policy("mode: act\nemergency: {}\n")), Duration.ofMinutes(1));

        assertEquals(List.of(), machine.calls);
    }

    @Test
    void survivesTheModuleAndSaysSoOnce() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 1);
        machine.outage(true);
        Watch watch = watch(act("  - {name: all, steps: reap}\n"));

        run(watch, Duration.ofMinutes(10));
        assertEquals(1, record.size(), record.toString());
        assertTrue(record.get(0).contains("the module is not loaded"), record.get(0));
        assertTrue(watch.status().contains("the module is not loaded"), watch.status());
        machine.outage(false);
        run(watch, Duration.ofSeconds(10));

        assertTrue(record.stream().anyMatch(line -> line.contains("\"event\":\"outage-over\"")), record.toString());
        assertEquals(List.of("reap 100 x1"), machine.calls);
    }

    @Test
    void doesNothingTwiceAfterACrash() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 3);
        Policy policy = act("  - {name: all, match: {min-age: 0s}, steps: [nudge, reap], pause: 30s}\n");

        run(watch(policy), Duration.ofSeconds(10));
        assertEquals(List.of("nudge 100 x1"), machine.calls);
        run(watch(policy), Duration.ofSeconds(40));

        assertEquals(List.of("nudge 100 x1", "reap 100 x3"), machine.calls);
        assertEquals("", complaints.toString(StandardCharsets.UTF_8));
    }

    @Test
    void takesNoOtherProcessForAZombieOfBefore() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        Files.writeString(folder.resolve("progress"), "zreap-progress 1 boot\n10000@1 nudge reap\n");
        machine.born(PARENT, 1); // 10000@100000

        run(
                watch(act("  - {name: all, match: {min-age: 0s}, steps: [nudge, reap], pause: 1s}\n")),
                Duration.ofSeconds(10));

        assertEquals(List.of("nudge 100 x1", "reap 100 x1"), machine.calls);
    }

    @Test
    void goesOnWithoutWhatItCannotKeep() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 1);
        Files.writeString(folder.resolve("progress"), "garbage\n");
        Files.createDirectory(folder.resolve("progress.new"));

        run(
                watch(act("  - {name: all, match: {min-age: 0s}, steps: [nudge, reap], pause: 1s}\n")),
                Duration.ofSeconds(10));

        assertEquals(List.of("nudge 100 x1", "reap 100 x1"), machine.calls);
        assertTrue(complaints.toString(StandardCharsets.UTF_8).contains("cannot write"));
    }

    @Test
    void waitsByAClockThatNobodySets() throws IOException, PolicyException {
        machine.parent(PARENT, "leaky");
        machine.born(PARENT, 1);
        Watch watch = watch(act("  - {name: all, match: {min-age: 0s}, steps: [nudge, reap], pause: 30s}\n"));

        run(watch, Duration.ofSeconds(5));
        machine.setClock(ZonedDateTime.parse("2040-01-01T00:00:00+01:00[Europe/Zurich]"));
        run(watch, Duration.ofSeconds(5));
        assertEquals(List.of("nudge 100 x1"), machine.calls);
        machine.setClock(ZonedDateTime.parse("1999-01-01T00:00:00+01:00[Europe/Zurich]"));
        run(watch, Duration.ofSeconds(25));

        assertEquals(List.of("nudge 100 x1", "reap 100 x1"), machine.calls);
    }

    @Test
    void looksLessOftenWhileNothingHappens() {
        machine.parent(PARENT, "quiet");
        machine.born(PARENT, 1);
        Watch watch = watch(Policy.builtIn());

        run(watch, Duration.ofMinutes(10));
        machine.listings = 0;
        run(watch, Duration.ofMinutes(10));
        assertEquals(20, machine.listings);

        machine.listings = 0;
        machine.born(PARENT, 1);
        run(watch, Duration.ofSeconds(31));
        assertTrue(machine.listings >= 2, Integer.toString(machine.listings));
    }

    @Test
    void looksAtOnceWhenPidsBecomeScarce() {
        machine.parent(PARENT, "quiet");
        machine.born(PARENT, 1);
        machine.limits.put(PARENT, List.of(limit("/a", 10, 100)));
        Watch watch = watch(Policy.builtIn());
        run(watch, Duration.ofMinutes(10));

        machine.listings = 0;
        machine.limits.put(PARENT, List.of(limit("/a", 14, 100)));
        assertEquals(Duration.ofSeconds(1), watch.tick());
        assertEquals(0, machine.listings);
        machine.limits.put(PARENT, List.of(limit("/a", 15, 100)));
        watch.tick();

        assertEquals(1, machine.listings);
    }

    private static TaskLimit limit(String cgroup, long current, long max) {
        return new TaskLimit(Optional.of(cgroup), current, OptionalLong.of(max));
    }

    private Policy act(String rules) throws IOException, PolicyException {
        return policy("mode: act\nrules:\n" + rules);
    }

    private Policy policy(String text) throws IOException, PolicyException {
        Path file = Files.writeString(folder.resolve("policy.yaml"), "version: 1\n" + text);
        return PolicyFile.read(file);
    }

    private Watch watch(Policy policy) {
        return new Watch(
                machine,
                machine,
                this::add,
                policy,
                new ProgressFile(
                        folder.resolve("progress"), "boot", new PrintStream(complaints, true, StandardCharsets.UTF_8)),
                () -> {});
    }

    /** Keeps what it hears. */
    private static final class Looks implements LookListener {

        private final List<Look> heard = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();

        @Override
        public void looked(Supplier<Look> look) {
            heard.add(look.get());
        }

        @Override
        public void failed(Instant time, String why) {
            failures.add(why);
        }
    }

    private void add(JsonLines.Body entry) {
        StringWriter line = new StringWriter();
        new JsonLines(new PrintWriter(line)).print(entry);
        record.add(line.toString().strip());
    }

    /** Calls the watch as often as it wants, for a time. */
    private void run(Watch watch, Duration time) {
        long end = machine.nanos() + time.toNanos();
        while (machine.nanos() < end) {
            Duration wait = watch.tick();
            machine.advance(Duration.ofNanos(LongStream.of(Math.max(wait.toNanos(), 1), end - machine.nanos())
                    .min()
                    .getAsLong()));
        }
    }
}
