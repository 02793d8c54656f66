// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.diagnosis.Finding.Kind;

/** What is told of processes that are no zombies. */
class LivingProcessTest extends OneZombie {

    private static final long PF_FORKNOEXEC = 0x40;

    @ParameterizedTest
    @CsvSource({
        "S, app, '', 'It lives, and is no zombie.'",
        "T, stopped, '', 'It lives, and a signal has stopped it.'",
        "D, stuck, nfs_wait, 'It is no zombie: it sleeps uninterruptibly in the kernel (state D) (by its name: an NFS"
                + " server).'",
    })
    void tellsOfLivingProcesses(char state, String name, String wchan, String told) throws IOException {
        tree.process(30)
                .name(name)
                .state(state)
                .parent(1)
                .executable("/nowhere/app")
                .wchan(wchan)
                .write();

        LivingProcess process = diagnoser.living(30, List.of()).orElseThrow();

        assertEquals(told, process.state());
        assertEquals(List.of(), process.zombies());
    }

    @Test
    void tellsOfStoppedProcesses() throws IOException {
        tree.process(77).name("gdb").write();
        tree.process(30).state('T').write();
        tree.process(31).state('t').tracer(77).write();
        tree.process(32).state('t').write();

        LivingProcess stopped = living(30);
        LivingProcess traced = living(31);

        assertEquals(List.of("State of /proc/30/status: T (stopped)"), stopped.evidence());
        assertEquals(Optional.of("kill -CONT 30, if it should run"), stopped.now());
        assertEquals("It lives, and a tracer has stopped it.", traced.state());
        assertEquals(List.of("TracerPid of /proc/31/status: 77 (gdb)"), traced.evidence());
        assertEquals(Optional.of("let the tracer continue it, if it should run"), traced.now());
        assertEquals(
                List.of("TracerPid of /proc/32/status: 0"),
                living(32).evidence(),
                "a tracer outside of this PID namespace");
    }

    @Test
    void tellsOfFrozenProcesses() throws IOException {
        tree.process(30).file("cgroup", "0::/a\n").write();
        Path events = Files.createDirectories(cgroups.resolve("a")).resolve("cgroup.events");
        Files.writeString(events, "frozen 1\n");

        LivingProcess frozen = living(30);

        assertEquals("It lives, and is frozen.", frozen.state());
        assertEquals(List.of(events + ": frozen 1"), frozen.evidence());
        assertEquals(Optional.of("thaw it, if it should run"), frozen.now());
    }

    @Test
    void tellsOfProcessesInVfork() throws IOException {
        tree.process(30).state('D').wchan("kernel_clone").write();
        assertEquals(
                "It lives, and is in vfork: it goes on when its new child calls exec or ends.",
                living(30).state());

        tree.process(31).name("ls").parent(30).flags(PF_FORKNOEXEC).write();

        LivingProcess inVfork = living(30);
        assertEquals("It lives, and is in vfork: it goes on when 31 (ls) calls exec or ends.", inVfork.state());
        assertEquals(List.of("thread 30: state D, wchan kernel_clone"), inVfork.evidence());
        assertEquals(Optional.empty(), inVfork.now());
    }

    @Test
    void tellsOfProcessesThatWereKilledInTheirSleep() throws IOException {
        tree.process(30)
                .state('D')
                .wchan("fuse_wait")
                .pending("0000000000000100")
                .write();

        LivingProcess killed = living(30);

        assertTrue(killed.state().endsWith("It was killed, and ends when that sleep does."), killed.state());
        assertEquals(
                Optional.of("mend what it sleeps for (by its name: the process that serves a FUSE file system);"
                        + " zreap cannot take a living process"),
                killed.now());
    }

    @Test
    void tellsWhatProcessesRun() throws IOException {
        tree.process(30)
                .executable("/nowhere/java")
                .wchan("futex_wait_queue")
                .file("cgroup", "0::/system.slice/kafka.service\n")
                .write();
        tree.process(31).executable("/nowhere/python3.11").write();
        tree.process(32).executable("/nowhere/cron").write();
        tree.process(33).kernelThread().write();

        assertEquals(
                List.of("program: java, JVM", "wchan of 30: futex_wait_queue"),
                living(30).evidence());
        assertEquals(
                Optional.of("kafka.service"),
                living(30).placement().orElseThrow().unit());
        assertEquals(List.of("program: python3.11, Python"), living(31).evidence());
        assertEquals(List.of("program: cron"), living(32).evidence());
        assertEquals("It is a kernel thread.", living(33).state());
        assertEquals(List.of("flags of /proc/33/stat"), living(33).evidence());
    }

    private LivingProcess living(long pid) {
        return diagnoser.living(pid, List.of()).orElseThrow();
    }

    @Test
    void tellsOfParents() throws IOException {
        parent().write();
        tree.process(22).zombieOf(1, 0).write();
        List<Zombie> all = ZombieScanner.of(root).scan();

        LivingProcess process = diagnoser.living(PARENT, all).orElseThrow();

        assertEquals(1, process.zombies().size());
        assertEquals(
                Kind.HANDLER_DOES_NOT_WAIT, process.zombies().get(0).finding().kind());
    }

    @Test
    void tellsOfInitThatWaitsForItsNamespaceToEnd() throws IOException {
        parent().write();
        tree.process(30)
                .nsPid("30\t1")
                .flags(4)
                .wchan("zap_pid_ns_processes")
                .link("ns/pid", "pid:[7]")
                .write();
        tree.process(21)
                .zombieOf(PARENT, 0)
                .nsPid("21\t8")
                .link("ns/pid", "pid:[7]")
                .write();

        LivingProcess process = diagnoser.living(30, List.of()).orElseThrow();

        assertTrue(process.state().contains("is process 1 of a PID namespace and has ended"), process.state());
        assertEquals(
                List.of(
                        "wchan of 30: zap_pid_ns_processes",
                        "still in its PID namespace: 21 (sh), state Z, child of 10"),
                process.evidence());
        assertEquals(Optional.of("zreap why 21"), process.now());
        tree.process(21).nsPid("21\t8").write();
        assertEquals(Optional.empty(), living(30).now());
    }

    @Test
    void knowsWhatIsNoLivingProcess() throws IOException {
        assertEquals(Optional.empty(), diagnoser.living(4000, List.of()));
        assertEquals(Optional.empty(), diagnoser.living(21, List.of()));
        assertEquals(OptionalLong.empty(), diagnoser.processOfThread(4000));
        assertEquals(OptionalLong.empty(), diagnoser.processOfThread(21));
        tree.process(31).file("../32/status", "Tgid:\t31\n").write();
        assertEquals(OptionalLong.of(31), diagnoser.processOfThread(32));
    }
}
