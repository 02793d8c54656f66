// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.diagnosis.Container.Engine;
import org.zreap.diagnosis.Finding.Kind;

@Timeout(60)
class PolicyFileTest {

    private static final String HEAD = "version: 1\n";

    @TempDir
    private Path folder;

    @Test
    void readsEveryKey() throws IOException, PolicyException {
        Policy policy = read("""
                version: 1
                mode: act
                scan:
                  fastest: 500ms
                  slowest: 1m
                protect:
                  commands: [postgres, "ssh*"]
                  units: ssh.service
                  users: [root, 1000]
                emergency:
                  above: 85%
                  min-age: 2s
                metrics:
                  http:
                    listen: "[::1]:80"
                    tls: {keystore: /k.p12, password-file: /k.password}
                    basic-auth: {user: prometheus, password-file: /scrape.password}
                  textfile: /textfiles/zreap.prom
                  jmx: true
                rules:
                  - name: chrome
                    match:
                      command: chrome
                      executable: /opt/*
                      user: www-data
                      unit: "app-?.service"
                      engine: [docker, cri-o]
                      pod: "0a1b*"
                      cause: [never-waits, not-its-own]
                      min-age: 5m
                      min-count: 10
                      min-births-per-minute: 60
                      max-room: 20%
                    steps: [report, nudge, adopt, reap]
                    pause: 3s
                    limit-per-minute: 100
                    schedule: {days: [sat, sun], from: "22:00", to: "06:30"}
                    dry-run: true
                  - name: rest
                """);

        assertEquals(Mode.ACT, policy.mode());
        assertEquals(new Pace(Duration.ofMillis(500), Duration.ofMinutes(1)), policy.pace());
        assertEquals(
                new Protection(globs("postgres", "ssh*"), globs("ssh.service"), globs("root", "1000")),
                policy.protection());
        assertEquals(new Emergency(85, Duration.ofSeconds(2), true), policy.emergency());
        assertEquals(
                Optional.of(new Metrics(
                        Optional.of(new Metrics.Http(
                                new InetSocketAddress("::1", 80),
                                Optional.of(new Metrics.Tls(Path.of("/k.p12"), Path.of("/k.password"))),
                                Optional.of(new Metrics.BasicAuth("prometheus", Path.of("/scrape.password"))))),
                        Optional.of(Path.of("/textfiles/zreap.prom")),
                        true)),
                policy.metrics());
        assertEquals(
                new Rule(
                        "chrome",
                        new Match(
                                globs("chrome"),
                                globs("/opt/*"),
                                globs("www-data"),
                                globs("app-?.service"),
                                Set.of(Engine.DOCKER, Engine.CRI_O),
                                globs("0a1b*"),
                                Set.of(Kind.NEVER_WAITS, Kind.NOT_ITS_OWN),
                                Duration.ofMinutes(5),
                                10,
                                60,
                                OptionalInt.of(20)),
                        List.of(Action.REPORT, Action.NUDGE, Action.ADOPT, Action.REAP),
                        Duration.ofSeconds(3),
                        100,
                        new Schedule(
                                Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), LocalTime.of(22, 0), LocalTime.of(6, 30)),
                        true),
                policy.rules().get(0));
        assertEquals(
                new Rule(
                        "rest", Match.ANY, List.of(Action.REPORT), Duration.ofSeconds(10), 600, Schedule.ALWAYS, false),
                policy.rules().get(1));
    }

    @Test
    void touchesNothingByDefault() throws IOException, PolicyException {
        assertEquals(Policy.builtIn(), read(HEAD));
        assertEquals(Mode.REPORT, Policy.builtIn().mode());
        assertEquals(false, Policy.builtIn().emergency().acts());
        assertEquals(
                List.of(Action.REPORT),
                Policy.builtIn().rules().stream()
                        .flatMap(rule -> rule.steps().stream())
                        .toList());
        assertEquals(true, read(HEAD + "emergency: {}\n").emergency().acts());
    }

    @Test
    void readsTheStatusPage() throws IOException, PolicyException {
        assertEquals(Optional.empty(), read(HEAD).statusPage());
        assertEquals(
                new StatusPage(new InetSocketAddress("127.0.0.1", 9890), List.of()),
                read(HEAD + "status-page: {}\n").statusPage().orElseThrow());
        assertEquals(
                new StatusPage(new InetSocketAddress("::1", 80), List.of("node-7.example", "node-7")),
                read(HEAD + "status-page: {listen: \"[::1]:80\", hosts: [node-7.example, node-7]}\n")
                        .statusPage()
                        .orElseThrow());
    }

    /** Ports and addresses whose form is right, and that do not exist: no schema sees that. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:65536", "127.0.0.1:99999", "[:::1]:80", "[1:2]:80"})
    void refusesAddressesThatDoNotExist(String address) throws IOException {
        Object[] fault = address(address).get();
        assertEquals(List.of(file() + ":" + fault[1]), faultsOf((String) fault[0]));
    }

    private static Arguments address(String text) {
        return fault(
                HEAD + "status-page: {listen: \"" + text + "\"}\n",
                "2:23: here belongs an IP address and a port, such as 127.0.0.1:9890, not '" + text + "'");
    }

    @Test
    void letsRulesShareLists() throws IOException, PolicyException {
        Policy policy = read(HEAD + """
                rules:
                  - name: a
                    match: &browsers {command: [chrome, firefox]}
                    steps: &gentle [nudge, adopt]
                  - name: b
                    match: *browsers
                    steps: *gentle
                """);

        assertEquals(policy.rules().get(0).match(), policy.rules().get(1).match());
        assertEquals(List.of(Action.NUDGE, Action.ADOPT), policy.rules().get(1).steps());
    }

    @Test
    void metricsAreOffUnlessTheyAreWanted() throws IOException, PolicyException {
        assertEquals(Optional.empty(), read(HEAD).metrics());
        assertEquals(
                Optional.of(new Metrics(Optional.empty(), Optional.empty(), false)),
                read(HEAD + "metrics: {}\n").metrics());
        assertEquals(
                Optional.of(
                        new Metrics.Http(new InetSocketAddress("127.0.0.1", 9737), Optional.empty(), Optional.empty())),
                read(HEAD + "metrics: {http: {}}\n").metrics().flatMap(Metrics::http));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                // The file as a whole.
                fault("", "1:1: the file is empty; the shortest policy is: version: 1"),
                fault("# only a comment\n", "1:1: the file is empty; the shortest policy is: version: 1"),
                fault("mode: act\n", "1:1: the key 'version' is missing"),
                fault("- version: 1\n", "1:1: here belong keys with values, such as version: VALUE, not a list"),
                fault("version\n", "1:1: here belong keys with values, such as version: VALUE, not 'version'"),
                fault("version: 2\n", "1:10: here belongs the number 1, not '2'"),
                fault("version: '1'\n", "1:10: here belongs the number 1, not '1'"),
                fault(
                        HEAD + "---\nversion: 1\n",
                        "2:1: here begins a second document; a policy is one document, without a second ---"),
                fault(HEAD + "scan:\n\tfastest: 1s\n", "3:1: here is a tab; YAML indents by blanks only"),
                // Keys.
                fault(HEAD + "mod: act\n", "2:1: there is no key 'mod' here; did you mean mode?"),
                fault(
                        HEAD + "colour: red\n",
                        "2:1: there is no key 'colour' here; there are version, mode, scan, protect, emergency,"
                                + " metrics, status-page, rules"),
                fault(
                        HEAD + "mode: act\nmode: report\n",
                        "3:1: the key 'mode' is there twice; its first value is in line 2"),
                fault(HEAD + "? [a]\n: b\n", "2:3: a key is a word, not a list"),
                fault(
                        HEAD + "rules:\n  - name: a\n    step: [reap]\n",
                        "4:5: there is no key 'step' here; did you mean steps?"),
                fault(
                        HEAD + "rules:\n  - name: a\n    match: {comand: chrome}\n",
                        "4:13: there is no key 'comand' here; did you mean command?"),
                fault(HEAD + "rules:\n  - steps: [reap]\n", "3:5: the key 'name' is missing"),
                // Types.
                fault(HEAD + "mode: [act]\n", "2:7: here belongs one of report, act, not a list"),
                fault(HEAD + "mode:\n", "2:6: here belongs one of report, act, not nothing"),
                fault(HEAD + "mode: acts\n", "2:7: there is no 'acts' here; did you mean act?"),
                fault(HEAD + "mode: off\n", "2:7: there is no 'off' here; there are report, act"),
                fault(HEAD + "scan: 1s\n", "2:7: here belong keys with values, such as fastest: VALUE, not '1s'"),
                fault(
                        HEAD + "rules: {name: a}\n",
                        "2:8: here belongs a list, each entry after a dash, not keys with values"),
                fault(HEAD + "rules: []\n", "2:8: the list is empty; leave its key out"),
                fault(HEAD + "rules:\n  - name: a\n    dry-run: yes\n", "4:14: here belongs true or false, not 'yes'"),
                fault(
                        HEAD + "rules:\n  - name: a\n    limit-per-minute: 1.5\n",
                        "4:23: here belongs a whole number from 1 to 1000000, not '1.5'"),
                fault(
                        HEAD + "rules:\n  - name: a\n    match: {min-count: 0}\n",
                        "4:24: here belongs a whole number from 1 to 4194304, not '0'"),
                fault(HEAD + "rules:\n  - name: 7\n", "3:11: here belongs a name, not '7'"),
                fault(
                        HEAD + "protect: {users: {root: true}}\n",
                        "2:18: here belongs the name or number of a user, in which * stands for any text and ? for one"
                                + " character, not keys with values"),
                // Units.
                fault(
                        HEAD + "scan: {fastest: 5}\n",
                        "2:17: here belongs a time with a unit, from 100ms to 1h, such as 1s, not '5'"),
                fault(
                        HEAD + "scan: {fastest: 5 min}\n",
                        "2:17: here belongs a time with a unit, from 100ms to 1h, such as 1s, not '5 min'"),
                fault(
                        HEAD + "scan: {slowest: 2h}\n",
                        "2:17: here belongs a time with a unit, from 100ms to 1h, such as 30s, not '2h'"),
                fault(
                        HEAD + "emergency: {above: 90}\n",
                        "2:20: here belongs a share from 50% to 99%, such as 90%, not '90'"),
                fault(
                        HEAD + "emergency: {above: 100%}\n",
                        "2:20: here belongs a share from 50% to 99%, such as 90%, not '100%'"),
                fault(
                        HEAD + "rules:\n  - name: a\n    schedule: {from: 25:00, to: \"06:00\"}\n",
                        "4:22: here belongs a time of day from 00:00 to 23:59, not '25:00'"),
                fault(HEAD + "rules:\n  - name: a\n    schedule: {from: \"22:00\"}\n", "4:15: the key 'to' is missing"),
                fault(
                        HEAD + "rules:\n  - name: a\n    match: {engine: dokcer}\n",
                        "4:21: there is no 'dokcer' here; did you mean docker?"),
                fault(
                        HEAD + "rules:\n  - name: a\n    match: {cause: [never-wait]}\n",
                        "4:21: there is no 'never-wait' here; did you mean never-waits?"),
                // Metrics.
                fault(
                        HEAD + "metrics: {http: {listen: 'localhost:80'}}\n",
                        "2:26: here belongs an IP address and a port, such as 127.0.0.1:9737, not 'localhost:80'"),
                fault(
                        HEAD + "metrics: {http: {listen: '9737'}}\n",
                        "2:26: here belongs an IP address and a port, such as 127.0.0.1:9737, not '9737'"),
                fault(
                        HEAD + "metrics: {http: {listen: '127.0.0.1'}}\n",
                        "2:26: here belongs an IP address and a port, such as 127.0.0.1:9737, not '127.0.0.1'"),
                fault(
                        HEAD + "metrics: {http: {listen: '127.0.0.1:65536'}}\n",
                        "2:26: here belongs an IP address and a port, such as 127.0.0.1:9737, not '127.0.0.1:65536'"),
                fault(
                        HEAD + "metrics: {http: {listen: '256.0.0.1:80'}}\n",
                        "2:26: here belongs an IP address and a port, such as 127.0.0.1:9737, not '256.0.0.1:80'"),
                fault(
                        HEAD + "metrics: {http: {listen: '1.2.3:80'}}\n",
                        "2:26: here belongs an IP address and a port, such as 127.0.0.1:9737, not '1.2.3:80'"),
                fault(
                        HEAD + "metrics: {http: {listen: '[::g]:80'}}\n",
                        "2:26: here belongs an IP address and a port, such as 127.0.0.1:9737, not '[::g]:80'"),
                fault(
                        HEAD + "metrics: {http: {listen: '[1::2::3]:80'}}\n",
                        "2:26: here belongs an IP address and a port, such as 127.0.0.1:9737, not '[1::2::3]:80'"),
                fault(
                        HEAD + "metrics: {textfile: zreap.prom}\n",
                        "2:21: here belongs an absolute path that ends in .prom, not 'zreap.prom'"),
                fault(
                        HEAD + "metrics: {textfile: /zreap.txt}\n",
                        "2:21: here belongs an absolute path that ends in .prom, not '/zreap.txt'"),
                fault(
                        HEAD + "metrics: {http: {tls: {keystore: /k.p12}}}\n",
                        "2:23: the key 'password-file' is missing"),
                fault(HEAD + "metrics: {http: {basic-auth: {password-file: /p}}}\n", "2:30: the key 'user' is missing"),
                fault(HEAD + "metrics: {jmx: 1}\n", "2:16: here belongs true or false, not '1'"),
                // The status page.
                fault(
                        HEAD + "status-page: true\n",
                        "2:14: here belong keys with values, such as listen: VALUE, not 'true'"),
                fault(HEAD + "status-page: {port: 80}\n", "2:15: there is no key 'port' here; there are listen, hosts"),
                address("localhost:9890"),
                address("127.0.0.1"),
                address("127.0.0.256:80"),
                address("127.1:80"),
                address("0x7f.0.0.1:80"),
                address("9890"),
                address("[::g]:80"),
                fault(
                        HEAD + "status-page: {hosts: [\"a:80\"]}\n",
                        "2:23: here belongs the name of a host, without a port, not 'a:80'"),
                fault(
                        HEAD + "status-page: {hosts: [\"a/b\"]}\n",
                        "2:23: here belongs the name of a host, without a port, not 'a/b'"),
                // What does not fit together.
                fault(HEAD + "scan: {fastest: 1m}\n", "2:7: 'fastest' is more than 'slowest'"),
                fault(
                        HEAD + "rules:\n  - name: a\n    steps: [reap, nudge]\n",
                        "4:12: 'nudge' comes after 'reap'; the gentlest step comes first: report, nudge, adopt, reap"),
                fault(
                        HEAD + "rules:\n  - name: a\n    steps: [nudge, nudge]\n",
                        "4:12: 'nudge' comes after 'nudge'; the gentlest step comes first: report, nudge, adopt, reap"),
                fault(HEAD + "rules:\n  - name: a\n  - name: a\n", "4:5: another rule has the name 'a' too"),
                fault(
                        HEAD + "rules:\n  - name: emergency\n",
                        "3:5: no rule may have the name 'emergency'; the record uses it"),
                // What is no YAML.
                fault(
                        HEAD + "rules: [a\n",
                        "3:1: this is no YAML: expected ',' or ']', but got <stream end> (while parsing a flow"
                                + " sequence)"),
                fault(HEAD + "mode: *act\n", "2:7: this is no YAML: found undefined alias act"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesLineColumnAndFault(String text, String fault) throws IOException {
        assertEquals(List.of(file() + ":" + fault), faultsOf(text));
    }

    @Test
    void namesAllFaultsInTheOrderOfTheFile() throws IOException {
        assertEquals(
                List.of(
                        file() + ":1:10: here belongs the number 1, not '3'",
                        file() + ":2:1: there is no key 'mod' here; did you mean mode?",
                        file() + ":4:12: there is no 'reep' here; did you mean reap?"),
                faultsOf("version: 3\nmod: act\nrules:\n  - steps: reep\n    name: a\n"));
    }

    @Test
    void boundsTheFile() throws IOException {
        assertEquals(
                List.of(file() + ":1:1: the file has more than 1048576 bytes"),
                faultsOf(HEAD + "#" + "x".repeat(1 << 20)));
        assertEquals(20, faultsOf(HEAD + "rules:\n" + "  - {}\n".repeat(1000)).size());
    }

    @Test
    void boundsAliases() throws IOException {
        StringBuilder bomb = new StringBuilder(HEAD + "a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + before + (", " + before).repeat(8) + "]\n");
        }

        List<String> faults = faultsOf(bomb.toString());

        assertEquals(
                List.of(file() + ":1:1: this is no YAML: Number of aliases for non-scalar nodes exceeds the specified"
                        + " max=50"),
                faults);
        assertEquals(
                List.of(file() + ":2:8: here belong keys with values, such as name: VALUE, not a list"),
                faultsOf(HEAD + "rules: &all [*all]\n"));
    }

    @Test
    void boundsDepth() throws IOException {
        assertEquals(
                List.of(file() + ":2:27: here are more than 20 levels"),
                faultsOf(HEAD + "rules: " + "[".repeat(100_000)));
    }

    @Test
    void refusesOtherEncodings() throws IOException {
        Files.write(file(), "version: 1\nmode: act # Z\u00fcrich\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                List.of(file() + ":2:14: here is a byte that is not UTF-8; save the file in UTF-8"),
                assertThrows(PolicyException.class, () -> PolicyFile.read(file()))
                        .lines());

        Files.write(file(), HEAD.getBytes(StandardCharsets.UTF_16LE));
        List<String> faults = assertThrows(PolicyException.class, () -> PolicyFile.read(file()))
                .lines();
        assertEquals(1, faults.size(), faults.toString());
    }

    @Test
    void saysWhyItCannotRead() {
        assertEquals(
                List.of(folder.resolve("none.yaml") + ": there is no such file"),
                assertThrows(PolicyException.class, () -> PolicyFile.read(folder.resolve("none.yaml")))
                        .lines());
        assertEquals(
                List.of(folder + ": it cannot be read (Is a directory)"),
                assertThrows(PolicyException.class, () -> PolicyFile.read(folder))
                        .lines());
    }

    private static Arguments fault(String text, String fault) {
        return Arguments.of(text, fault);
    }

    private static List<Glob> globs(String... texts) {
        return Stream.of(texts).map(Glob::new).toList();
    }

    private Path file() {
        return folder.resolve("policy.yaml");
    }

    private Policy read(String text) throws IOException, PolicyException {
        Files.writeString(file(), text);
        return PolicyFile.read(file());
    }

    private List<String> faultsOf(String text) throws IOException {
        Files.writeString(file(), text);
        return assertThrows(PolicyException.class, () -> PolicyFile.read(file()))
                .lines();
    }
}
