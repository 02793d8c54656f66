// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.zreap.Transport;
import org.zreap.Zombie;
import org.zreap.ZreapException;
import org.zreap.internal.proc.ProcFs;
import org.zreap.module.KernelModule;

/** The service as it is shipped, in a JVM of its own. */
@ParameterizedClass
@EnumSource(Transport.class)
class ServeIT {

    private static final String FAST = "version: 1\nmode: act\nscan: {fastest: 100ms, slowest: 200ms}\n";
    private static final Path THREADS_MAX = Path.of("/proc/sys/kernel/threads-max");

    /** Forks until the kernel refuses. All its children end at once. */
    private static final String FORK_STORM = """
            while (1) {
                my $child = fork;
                last if !defined $child;
                if (!$child) { exit 7; }
            }
            exec "sleep", "100000";
            """;

    @Parameter
    private Transport transport;

    @TempDir
    private Path folder;

    private Optional<Process> service = Optional.empty();

    @AfterEach
    void end() throws InterruptedException {
        if (service.isPresent()) {
            service.get().destroyForcibly().waitFor();
        }
    }

    @Test
    void reapsAsThePolicySaysAndKeepsTheExitStatus() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7");
                LivingParent stopped = LivingParent.of("exit 8")) {
            Zombie zombie = parent.zombie();
            stopped.zombie();
            stopped.stop();
            start(FAST + "rules: [{name: all, match: {command: sleep, min-age: 1s}, steps: [nudge, reap],"
                    + " pause: 1s}]\n");

            awaitRecord("\"result\":\"reaped\"");
            awaitRecord("\"type\":\"left\"");

            String history = Command.run(0, List.of("history", "--record=" + record(), "--parent=" + parent.pid()));
            assertTrue(
                    history.lines()
                            .anyMatch(line -> line.contains(" all ")
                                    && line.contains(" reap ")
                                    && line.contains(" " + zombie.pid() + " ")
                                    && line.contains("reaped, exited 7")),
                    history);
            assertTrue(parent.isAlive());
            assertEquals(1, stopped.zombies().size());
            service.get().destroy();
            assertEquals(0, service.get().waitFor());
        }
    }

    @Test
    void survivesTheModulesUnloading() throws Exception {
        KernelModule module = KernelModule.system();
        start(FAST + "rules: [{name: all, match: {command: sleep, min-age: 0s}, steps: reap}]\n");
        Await.value("the module's end", () -> isUnloaded(module) ? Optional.of(true) : Optional.empty());
        try {
            awaitRecord("\"event\":\"outage\"");
        } finally {
            module.load(Map.of());
        }
        awaitRecord("\"event\":\"outage-over\"");
        try (LivingParent parent = LivingParent.of("exit 7")) {
            awaitRecord("\"result\":\"reaped\"");
            assertTrue(parent.isAlive());
        }
    }

    @Test
    void nudgesNobodyTwiceThoughItIsKilled() throws Exception {
        String policy = FAST + "rules: [{name: all, match: {command: sleep, min-age: 0s}, steps: nudge, pause: 1s}]\n";
        try (LivingParent parent = LivingParent.of("exit 7", "exit 8")) {
            parent.zombies(2);
            start(policy);
            awaitRecord("\"step\":\"nudge\"");
            service.get().destroyForcibly().waitFor();
            start(policy);
            Await.value(
                    "a report of the second service",
                    () -> count("\"type\":\"report\"") == 2 ? Optional.of(true) : Optional.empty());

            service.get().destroy();
            assertEquals(0, service.get().waitFor());
            assertEquals(1, count("\"step\":\"nudge\""));
        }
    }

    /** While it lasts, nothing can be started on this machine: no process and no thread. */
    @Test
    void freesPidsWhereNoProcessCanBeStarted() throws Exception {
        String former = ProcFs.textOf(THREADS_MAX).orElseThrow().strip();
        start(FAST + "emergency: {above: 90%, min-age: 1s}\nrules: [{name: rest, steps: report}]\n");
        long before = tasks();
        long most = before + 200;
        Files.writeString(THREADS_MAX, Long.toString(most));
        try (LivingParent parent = LivingParent.running(FORK_STORM)) {
            awaitRecord("zreap sweeps the parents that have the most");
            awaitRecord("\"rule\":\"emergency\"");
            Await.value("room for processes", () -> tasks() < most * 9 / 10 ? Optional.of(true) : Optional.empty());
            assertTrue(parent.isAlive());
            assertEquals(0, new ProcessBuilder("true").start().waitFor());
        } finally {
            Files.writeString(THREADS_MAX, former);
        }
    }

    /** While the service lists, the module is in use. */
    private static boolean isUnloaded(KernelModule module) {
        try {
            module.unload();
            return true;
        } catch (ZreapException e) {
            return false;
        }
    }

    private static long tasks() {
        try {
            String tasks = Files.readString(Path.of("/proc/loadavg")).split(" ")[3];
            return Long.parseLong(tasks.substring(tasks.indexOf('/') + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and waits as long as that takes: a guest may be slow. */
    private void start(String policy) throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), policy);
        Process process = Command.builder(List.of(
                        "serve",
                        "--transport=" + transport,
                        "--policy=" + folder.resolve("policy.yaml"),
                        "--record=" + record(),
                        "--state=" + folder))
                .redirectErrorStream(true)
                .start();
        service = Optional.of(process);
        StringBuilder said = new StringBuilder();
        while (!said.toString().contains("zreap: started")) {
            String line = process.inputReader().readLine();
            assertNotNull(line, said.toString());
            said.append(line).append('\n');
        }
    }

    private Path record() {
        return folder.resolve("record.jsonl");
    }

    private void awaitRecord(String part) {
        Await.value("an entry with " + part, () -> count(part) > 0 ? Optional.of(true) : Optional.empty());
    }

    private long count(String part) {
        if (Files.notExists(record())) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(record())) {
            return lines.filter(line -> line.contains(part)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
