// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The service in a JVM of its own, with a file in the place of the kernel module and a receiver as systemd. */
@Timeout(180)
class ServeCommandTest {

    private static final String HEADER = "PID PPID START AGE_MS STATUS STATE SPARED UID THREADS TRACER PARENT COMM\n";
    private static final String POLICY = "version: 1\nscan: {fastest: 100ms}\n";

    /** Prints each datagram that it receives, with blanks for line ends. */
    private static final String RECEIVER = """
            use Socket;
            $| = 1;
            socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die;
            bind($socket, pack_sockaddr_un(shift)) or die;
            print "bound\\n";
            while (defined recv($socket, my $message, 4096, 0)) { $message =~ s/\\n/ /g; print "$message\\n"; }
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(folder.resolve("proc/self"));
        Files.writeString(folder.resolve("proc/zreap"), HEADER + "77 10 345 61000 7 reapable - 0 0 - server child\n");
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void checksAPolicy() throws IOException {
        Path policy = folder.resolve("policy.yaml");

        assertEquals(ZreapCommand.DONE, zreap("serve", "--check", policy.toString()));
        assertEquals(policy + ": mode report, rules: report-all\n", out.toString());

        Files.writeString(policy, "version: 1\nmod: act\n");
        assertEquals(ZreapCommand.WRONG_POLICY, zreap("serve", "--check", policy.toString()));
        assertEquals("zreap: " + policy + ":2:1: there is no key 'mod' here; did you mean mode?\n", err.toString());
        assertEquals(
                ZreapCommand.WRONG_POLICY,
                zreap("serve", "--policy=" + policy, "--state=" + folder, "--record=" + folder.resolve("record")));
        assertFalse(Files.exists(folder.resolve("record")));
        assertEquals(ZreapCommand.WRONG_COMMAND_LINE, zreap("serve", policy.toString()));
    }

    /** Who writes mode: act expects acts. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mode: act | act, rules: report-all; but no rule has a step that acts: it touches nothing
            mode: act; rules: [{name: a}] | act, rules: a; but no rule has a step that acts: it touches nothing
            mode: act; rules: [{name: a, steps: reap, dry-run: true}] \
            | act, rules: a; but no rule has a step that acts: it touches nothing
            mode: act; rules: [{name: a}, {name: b, steps: [report, nudge]}] | act, rules: a, b
            mode: act; emergency: {above: 95%} | act, rules: report-all
            mode: report | report, rules: report-all
            """)
    void saysWhereModeActTouchesNothing(String text, String said) throws IOException {
        Path policy = folder.resolve("policy.yaml");
        Files.writeString(policy, "version: 1\n" + text.replace("; ", "\n") + "\n");

        assertEquals(ZreapCommand.DONE, zreap("serve", "--check", policy.toString()));
        assertEquals(policy + ": mode " + said + "\n", out.toString());
    }

    @Test
    void servesUntilItIsToldToStop() throws Exception {
        BufferedReader systemd = systemd();
        Process service = start();
        await(systemd, "READY=1");
        await(systemd, "STATUS=zombies: 1, parents: 1, taken since the start: 0");

        Files.writeString(folder.resolve("policy.yaml"), "version: 1\nmode: acts\n");
        hangUp(service);
        await(systemd, "RELOADING=1 MONOTONIC_USEC=");
        await(systemd, "READY=1");
        Files.move(folder.resolve("record.jsonl"), folder.resolve("record.jsonl.1"));
        Files.writeString(folder.resolve("policy.yaml"), POLICY + "rules: [{name: mine}]\n");
        hangUp(service);
        await(systemd, "READY=1");
        await(systemd, "WATCHDOG=1");
        Process second = start();
        assertEquals(ZreapCommand.FAILED, second.waitFor());
        service.destroy();
        await(systemd, "STOPPING=1");

        assertTrue(service.waitFor(1, TimeUnit.MINUTES));
        assertEquals(0, service.exitValue());
        assertEquals(ZreapCommand.DONE, history());
        List<String> events = out.toString()
                .lines()
                .map(line -> line.split(" +")[2])
                .filter(event -> !event.equals("report"))
                .toList();
        assertEquals(List.of("STEP", "started", "policy-refused", "policy-loaded", "stopped"), events, out.toString());
        assertTrue(out.toString().contains("mode report, rules: mine"), out.toString());
        assertTrue(log(second).contains("another zreap serve uses"), log(second));
        assertTrue(log(service).contains("there is no 'acts' here; did you mean act?"), log(service));
        assertTrue(log(service).contains("the old policy stays"), log(service));
    }

    @Test
    void servesAStatusPageWhereThePolicySaysSo() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path policy = folder.resolve("policy.yaml");
        Files.writeString(policy, POLICY + "status-page: {listen: \"127.0.0.1:" + port + "\"}\n");
        BufferedReader systemd = systemd();
        Process service = start();
        await(systemd, "STATUS=zombies: 1");

        HttpURLConnection page = page(port);
        assertEquals(200, page.getResponseCode());
        String html = new String(page.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(html.contains("server 10"), html);
        assertTrue(html.contains("<strong>started</strong> mode report, rules: report-all"), html);

        Files.writeString(policy, POLICY);
        hangUp(service);
        await(systemd, "RELOADING=1");
        await(systemd, "READY=1");
        assertThrows(ConnectException.class, () -> page(port).getResponseCode());
        service.destroy();
        assertTrue(service.waitFor(1, TimeUnit.MINUTES));
        assertEquals(0, service.exitValue());
    }

    private static HttpURLConnection page(int port) throws IOException {
        return (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
    }

    @Test
    void tellsWhatTheRecordHas() throws IOException {
        Files.writeString(folder.resolve("record.jsonl"), """
                {"version":1,"type":"service","time":"2026-11-28T10:00:00Z","event":"started","text":"mode act"}
                {"version":1,"type":"step","time":"2026-11-29T03:12:00.438Z","rule":"all","step":"reap","dryRun":false,\
                "zombie":{"pid":5000,"start":50,"name":"child","exitCode":7},\
                "parent":{"pid":4711,"start":40,"name":"server"},"taken":true,"result":"reaped",\
                "explanation":"reaped, exited 7","before":{"zombies":2,"birthsPerMinute":0},"after":{"gone":true}}
                {"version":1,"type":"step","time":"2026-11-29T03:13:00Z","rule":"all","step":"reap","dryRun":false,\
                "zombie":{"pid":5001,"start":51,"name":"child","signal":9,"signalName":"SIGKILL","coreDumped":false},\
                "parent":{"pid":4712,"start":41,"name":"other"},"taken":true,"result":"reaped",\
                "explanation":"reaped, killed by SIGKILL","before":{"zombies":2,"birthsPerMinute":0},\
                "after":{"gone":true}}
                cut by a full di
                """);

        assertEquals(ZreapCommand.DONE, history("--parent=4711"));
        assertEquals(
                List.of(
                        "TIME                  RULE  STEP  PID   NAME   PPID  PARENT  STATUS    TEXT",
                        "2026-11-29T03:12:00Z  all   reap  5000  child  4711  server  exited 7  reaped, exited 7"),
                out.toString().lines().toList());
        assertTrue(err.toString().endsWith("has lines that are no entries: 1\n"), err.toString());

        assertEquals(1, rows("--parent=4711@40"));
        assertEquals(0, rows("--parent=4711@41"));
        assertEquals(3, rows());
        assertEquals(1, rows("--since=2026-11-29T03:13:00Z"));
        assertEquals(0, rows("--since=1s"));
        assertEquals(ZreapCommand.WRONG_COMMAND_LINE, history("--since=yesterday"));

        out.getBuffer().setLength(0);
        assertEquals(
                ZreapCommand.DONE,
                zreap("recent", "--from-log", "--json", "--record=" + folder.resolve("record.jsonl")));
        List<String> results = Schemas.assertValid("watch", out.toString());
        assertEquals(2, results.size());
        assertTrue(results.get(1).contains("\"signalName\":\"SIGKILL\""), results.get(1));
        out.getBuffer().setLength(0);
        zreap("recent", "--from-log", "--record=" + folder.resolve("record.jsonl"));
        assertEquals(3, out.toString().lines().count());

        out.getBuffer().setLength(0);
        assertEquals(ZreapCommand.DONE, history("--json"));
        Schemas.assertValid("record", out.toString());
        assertEquals(ZreapCommand.FAILED, zreap("history", "--record=" + folder.resolve("none")));
    }

    /** Other commands start without the classes of the service. */
    @Test
    void costsOtherCommandsNothing() throws Exception {
        Process list = java("-verbose:class", "list", "--from=proc", "--proc=" + folder.resolve("proc"));

        String loaded = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(loaded.contains("org.zreap.cli.ServeCommand"), "the command itself is known");
        assertFalse(
                loaded.contains("org.zreap.serve."),
                loaded.lines()
                        .filter(line -> line.contains("org.zreap.serve."))
                        .toList()
                        .toString());
        assertFalse(loaded.contains("org.snakeyaml."));
        assertFalse(loaded.contains("io.micrometer."));
        assertFalse(loaded.contains("io.prometheus."));
    }

    private long rows(String... options) {
        out.getBuffer().setLength(0);
        history(options);
        return out.toString().lines().count() - 1;
    }

    private int history(String... options) {
        List<String> line = new ArrayList<>(List.of("history", "--record=" + folder.resolve("record.jsonl")));
        line.addAll(List.of(options));
        return zreap(line.toArray(String[]::new));
    }

    private int zreap(String... arguments) {
        CommandLine command = Parser.of(arguments).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    private BufferedReader systemd() throws IOException {
        Process receiver = new ProcessBuilder(
                        "perl", "-e", RECEIVER, folder.resolve("notify").toString())
                .start();
        started.add(receiver);
        BufferedReader lines = receiver.inputReader();
        assertEquals("bound", lines.readLine());
        return lines;
    }

    private static void await(BufferedReader systemd, String message) throws IOException {
        String line = systemd.readLine();
        while (line != null && !line.startsWith(message)) {
            line = systemd.readLine();
        }
        assertTrue(line != null, message);
    }

    private Process start() throws IOException {
        return java(
                "serve",
                "--proc=" + folder.resolve("proc"),
                "--policy=" + folder.resolve("policy.yaml"),
                "--record=" + folder.resolve("record.jsonl"),
                "--state=" + folder);
    }

    /** Under nohup a program inherits that SIGHUP is ignored, and Java then hears of none. */
    private Process java(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                "env",
                "--default-signal=HUP",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        boolean isOption = arguments[0].startsWith("-");
        line.addAll(
                isOption ? List.of(arguments[0], ZreapCommand.class.getName()) : List.of(ZreapCommand.class.getName()));
        line.addAll(List.of(arguments).subList(isOption ? 1 : 0, arguments.length));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("NOTIFY_SOCKET", folder.resolve("notify").toString());
        builder.environment().put("WATCHDOG_USEC", "400000");
        Process process = builder.redirectError(
                        folder.resolve("log" + started.size()).toFile())
                .start();
        started.add(process);
        return process;
    }

    private String log(Process process) throws IOException {
        return Files.readString(folder.resolve("log" + started.indexOf(process)));
    }

    private static void hangUp(Process service) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-HUP", Long.toString(service.pid())).start().waitFor();
    }
}
