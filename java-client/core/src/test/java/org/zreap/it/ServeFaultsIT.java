// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.zreap.Transport;
import org.zreap.Zombie;
import org.zreap.ZreapException;
import org.zreap.internal.proc.ProcFs;
import org.zreap.module.KernelModule;

/**
 * One service lives through one fault after the other. After each it reaps what its rule is for, and
 * knows the exit status. At the end it needs no more threads and descriptors than before.
 */
@ParameterizedClass
@EnumSource(Transport.class)
@Timeout(900)
class ServeFaultsIT {

    private static final String POLICY = """
            version: 1
            mode: act
            scan: {fastest: 100ms, slowest: 200ms}
            emergency: {above: 90%, min-age: 1s}
            metrics: {http: {listen: '127.0.0.1:0'}}
            rules: [{name: all, match: {command: sleep, min-age: 2s}, steps: reap}]
            """;

    private static final Path THREADS_MAX = Path.of("/proc/sys/kernel/threads-max");

    /** How many tasks the storm has room for. */
    private static final int STORM = 200;

    /** Forks until the kernel refuses. All its children end at once. */
    private static final String FORK_STORM = """
            while (1) {
                my $child = fork;
                last if !defined $child;
                if (!$child) { exit 7; }
            }
            exec "sleep", "100000";
            """;

    /** Fields of /proc/PID/stat behind the command: faults and CPU time of children that it waited for. */
    private static final List<Integer> OF_CHILDREN = List.of(8, 10, 13, 14);

    @Parameter
    private Transport transport;

    @TempDir
    private Path folder;

    private Path log;
    private ServiceProcess service;

    @BeforeEach
    void start() throws Exception {
        log = Files.createDirectory(folder.resolve("log"));
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", log.toString());
        service = ServiceProcess.start(transport, folder, record(), POLICY);
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        run("umount", log.toString());
    }

    @Test
    void isRightAfterEachFault() throws Exception {
        expectItToReap(1);
        long threads = entries("task");
        long descriptors = entries("fd");
        long children = childrenEver();

        for (int i = 0; i < 3; i++) {
            reloadTheModule(10 + i);
        }
        jump(Duration.ofDays(400), 20);
        jump(Duration.ofDays(-800), 21);
        jump(Duration.ofDays(400), 22);
        suspend(23);
        fillTheDisk();
        freezeAParent();
        fillThePidTable();

        expectItToReap(50);
        assertTrue(service.isAlive());
        assertEquals(children, childrenEver(), "it has started a process");
        Await.value(
                "no thread more than " + threads, () -> entries("task") <= threads ? Optional.of(1) : Optional.empty());
        Await.value(
                "no descriptor more than " + descriptors,
                () -> entries("fd") <= descriptors ? Optional.of(1) : Optional.empty());
        service.stop();
        service.awaitRecord("\"event\":\"stopped\"");
    }

    /** A zombie goes, and the record tells how it had ended. */
    private void expectItToReap(int code) {
        try (LivingParent parent = LivingParent.of("exit " + code)) {
            expectItToReap(parent, parent.zombie(), code);
        }
    }

    private void expectItToReap(LivingParent parent, Zombie zombie, int code) {
        Await.value(
                "the end of " + zombie.pid(), () -> parent.zombies().isEmpty() ? Optional.of(true) : Optional.empty());
        service.awaitRecord(
                "\"zombie\":{\"pid\":" + zombie.pid() + ",\"start\":"
                        + zombie.identity().startTicks() + ",",
                "\"exitCode\":" + code + ",",
                "\"result\":\"reaped\"",
                "\"after\":{\"gone\":true}");
        assertTrue(parent.isAlive());
    }

    /** The zombie that comes meanwhile waits for the module. */
    private void reloadTheModule(int code) throws IOException {
        KernelModule module = KernelModule.system();
        long outages = service.count("\"event\":\"outage\"");
        Await.value("the module's end", () -> isUnloaded(module));
        try (LivingParent parent = LivingParent.of("exit " + code)) {
            Zombie zombie;
            try {
                zombie = parent.zombie();
                Await.value(
                        "the service to notice",
                        () -> service.count("\"event\":\"outage\"") > outages ? Optional.of(true) : Optional.empty());
                assertEquals(1, parent.zombies().size());
            } finally {
                module.load(Map.of());
            }
            expectItToReap(parent, zombie, code);
        }
    }

    /** While the service lists, the module is in use. */
    private static Optional<Boolean> isUnloaded(KernelModule module) {
        try {
            module.unload();
            return Optional.of(true);
        } catch (ZreapException e) {
            return Optional.empty();
        }
    }

    private void jump(Duration by, int code) throws Exception {
        Instant to = Instant.now().plus(by);
        run("date", "--set=@" + to.getEpochSecond());
        expectItToReap(code);
        service.awaitRecord("\"time\":\"" + to.toString().substring(0, 10));
    }

    /**
     * The kernel freezes all processes for five seconds, and lets them go on. It stops there, because the devices of a
     * guest do not wake it.
     *
     * <p>Freezing switches a static key, which can hang QEMU 7.2 where another CPU runs that code: see
     * kmod/tests/guest/hold.h. So the other CPUs are off meanwhile.
     */
    private void suspend(int code) throws Exception {
        try (LivingParent parent = LivingParent.of("exit " + code)) {
            Zombie zombie = parent.zombie();
            long suspends = suspends();
            setOthersOnline(false);
            try {
                Files.writeString(Path.of("/sys/power/pm_test"), "freezer");
                Files.writeString(Path.of("/sys/power/state"), "freeze");
            } finally {
                setOthersOnline(true);
            }
            assertEquals(suspends + 1, suspends());
            expectItToReap(parent, zombie, code);
        }
        expectItToReap(code + 1);
    }

    private static void setOthersOnline(boolean online) throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(Path.of("/sys/devices/system/cpu"), "cpu[1-9]")) {
            for (Path other : others) {
                Files.writeString(other.resolve("online"), online ? "1" : "0");
            }
        }
    }

    private static long suspends() {
        return Long.parseLong(ProcFs.textOf(Path.of("/sys/power/suspend_stats/success"))
                .orElseThrow()
                .strip());
    }

    private void fillTheDisk() throws IOException {
        Path ballast = log.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] page = new byte[4096];
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            assertTrue(String.valueOf(full.getMessage()).contains("No space left"), full.toString());
        }
        try (LivingParent parent = LivingParent.ofExits(20)) {
            parent.zombies(20);
            Await.value(
                    "the end of all, without a record",
                    () -> parent.zombies().isEmpty() ? Optional.of(true) : Optional.empty());
        }
        Files.delete(ballast);
        expectItToReap(30);
        service.awaitRecord("\"event\":\"record-lost\"");
    }

    private void freezeAParent() {
        try (LivingParent parent = LivingParent.of("exit 40")) {
            Zombie zombie;
            try (Freezer freezer = Freezer.around(parent.pid())) {
                freezer.freeze();
                zombie = parent.zombie();
                service.awaitRecord("\"type\":\"left\"", "\"parent\":{\"pid\":" + parent.pid() + ",", "frozen");
                assertEquals(1, parent.zombies().size());
            }
            expectItToReap(parent, zombie, 40);
        }
    }

    /** While it lasts, nothing can be started on this machine: no process and no thread. */
    private void fillThePidTable() throws Exception {
        String former = ProcFs.textOf(THREADS_MAX).orElseThrow().strip();
        long most = tasks() + STORM;
        Files.writeString(THREADS_MAX, Long.toString(most));
        try (LivingParent parent = LivingParent.running(FORK_STORM)) {
            Await.value("a fork that the kernel refuses", () -> hasBecomeSleep(parent.pid()));
            long full = System.nanoTime();
            Await.value("room for processes", () -> tasks() < most * 9 / 10 ? Optional.of(true) : Optional.empty());
            double seconds = (System.nanoTime() - full) / 1e9;
            System.out.printf("# %s: PIDs were free again %.1f s after the first refused fork%n", transport, seconds);
            service.awaitRecord("zreap sweeps the parents that have the most");
            service.awaitRecord("\"rule\":\"emergency\"");
            assertTrue(parent.isAlive());
            run("true");
        } finally {
            Files.writeString(THREADS_MAX, former);
        }
    }

    private static Optional<Boolean> hasBecomeSleep(long pid) {
        return ProcFs.textOf(Path.of("/proc/" + pid + "/comm"))
                .filter("sleep\n"::equals)
                .map(name -> true);
    }

    private static long tasks() {
        String tasks = ProcFs.textOf(Path.of("/proc/loadavg")).orElseThrow().split(" ")[3];
        return Long.parseLong(tasks.substring(tasks.indexOf('/') + 1));
    }

    /**
     * What the service's children have left in its own figures, and its children now. Without the options of
     * the package JNA has started one: it asks ldconfig where libraries are.
     */
    private long childrenEver() {
        String stat = ProcFs.textOf(Path.of("/proc/" + service.pid() + "/stat")).orElseThrow();
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return OF_CHILDREN.stream()
                        .mapToLong(field -> Long.parseLong(fields[field]))
                        .sum()
                + ProcessHandle.of(service.pid()).orElseThrow().children().count();
    }

    private long entries(String folderOfProcess) {
        try (Stream<Path> entries = Files.list(Path.of("/proc/" + service.pid() + "/" + folderOfProcess))) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path record() {
        return log.resolve("record.jsonl");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), String.join(" ", command));
    }
}
