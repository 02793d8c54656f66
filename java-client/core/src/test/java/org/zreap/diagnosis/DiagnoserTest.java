// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.CommandName;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.ZombieState;
import org.zreap.Zombies;
import org.zreap.diagnosis.Finding.Kind;

class DiagnoserTest extends OneZombie {

    @BeforeEach
    void prepareInit() throws IOException {
        tree.process(1).name("systemd").parent(0).executable("/nowhere/systemd").write();
    }

    @Test
    void tellsAllAboutTheParent() throws IOException {
        parent().name("server")
                .start(555)
                .uid(1000)
                .file("cmdline", "/opt/server\0--name\0a\nb\0")
                .file("cgroup", "0::/system.slice/server.service\n")
                .file(
                        "limits",
                        "Limit  Soft Limit  Hard Limit  Units\n"
                                + "Max processes             96366                unlimited            processes\n")
                .file("task/10/wchan", "ep_poll")
                .thread(11, 'S')
                .file("task/11/wchan", "do_wait")
                .write();
        tree.process(30).uid(1000).threads(3).write();
        Path group = Files.createDirectories(cgroups.resolve("system.slice/server.service"));
        Files.writeString(group.resolve("pids.current"), "42\n");
        Files.writeString(group.resolve("pids.max"), "max\n");
        Files.createDirectories(root.resolve("sys/kernel"));
        Files.writeString(root.resolve("sys/kernel/pid_max"), "4194304\n");

        Diagnosis diagnosis = diagnose();

        Ancestor parent = diagnosis.ancestry().get(0);
        assertEquals(2, diagnosis.ancestry().size());
        assertEquals("10@555", parent.identity().toString());
        assertEquals(
                List.of(CommandName.of("/opt/server"), CommandName.of("--name"), CommandName.of("a\nb")),
                parent.commandLine());
        assertEquals(OptionalLong.of(1000), parent.uid());
        assertTrue(parent.user().isPresent());
        assertEquals(CommandName.of("systemd"), diagnosis.ancestry().get(1).name());
        assertEquals(
                Optional.of("server.service"),
                diagnosis.placement().orElseThrow().unit());
        assertEquals(
                new Headroom(
                        Optional.empty(),
                        OptionalLong.of(42),
                        OptionalLong.empty(),
                        OptionalLong.of(4),
                        OptionalLong.of(96366),
                        OptionalLong.of(4194304),
                        OptionalLong.empty(),
                        OptionalLong.empty()),
                diagnosis.headroom());
        ParentCondition condition = diagnosis.parent().orElseThrow();
        assertEquals(Optional.of("ep_poll"), condition.wchan());
        assertTrue(condition.waiting());
        assertEquals(SignalDisposition.CAUGHT, condition.sigchld());
        assertFalse(condition.namespaceInit());
        assertEquals(new ZombieCrowd(1, Optional.empty(), OptionalDouble.empty()), diagnosis.siblings());
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, true,  CAUGHT,  HANDLER_DOES_NOT_WAIT",
        "false, true,  false, IGNORED, SIGCHLD_IGNORED_LATE",
        "false, false, false, DEFAULT, NEVER_WAITS",
        "true,  false, true,  CAUGHT,  SIGCHLD_BLOCKED",
    })
    void looksAtSigchld(boolean blocked, boolean ignored, boolean caught, SignalDisposition disposition, Kind kind)
            throws IOException {
        parent().sigchld(blocked, ignored, caught).write();

        Diagnosis diagnosis = diagnose();

        ParentCondition condition = diagnosis.parent().orElseThrow();
        assertEquals(blocked, condition.sigchldBlocked());
        assertEquals(disposition, condition.sigchld());
        assertEquals(kind, diagnosis.finding().kind());
    }

    @Test
    void seesStoppedParent() throws IOException {
        parent().state('T').write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.PARENT_STOPPED, finding.kind());
        assertEquals(
                "do not reap: the parent may wait when it goes on. To let it: kill -CONT 10",
                finding.now().text());
    }

    /** In Linux 6.18 a thread that waits for a futex sleeps in futex_do_wait. */
    @ParameterizedTest
    @CsvSource({
        "do_wait, true",
        "do_wait.constprop.0, true",
        "__do_wait, true",
        "kernel_wait4, true",
        "kernel_waitid, true",
        "futex_do_wait, false",
        "do_epoll_wait, false",
    })
    void knowsWaits(String wchan, boolean waits) throws IOException {
        parent().wchan(wchan).write();

        assertEquals(waits, diagnose().parent().orElseThrow().waiting());
    }

    @Test
    void seesParentInTheHandsOfItsTracer() throws IOException {
        parent().state('t').tracer(99).write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.PARENT_TRACED, finding.kind());
        assertEquals(
                List.of("State of /proc/10/status: t (tracing stop)", "TracerPid of /proc/10/status: 99"),
                finding.evidence());
        assertEquals(
                "let the tracer 99 continue or detach it",
                finding.fixes().get(0).text());
    }

    /** A frozen process of version 1 is in D, of version 2 in S. */
    @ParameterizedTest
    @CsvSource({
        "0::/a/b, a/b/cgroup.events, 'populated 1,frozen 1', S, true",
        "0::/a/b, a/b/cgroup.events, 'populated 1,frozen 0', S, false",
        "0::/, cgroup.events, 'populated 1,frozen 1', S, true",
        "'1:name=systemd:/x,0::/a', unified/a/cgroup.events, frozen 1, S, true",
        "'5:freezer:/a b,3:pids:/x,0::/', freezer/a b/freezer.state, FROZEN, D, true",
        "'5:freezer:/a,0::/', freezer/a/freezer.state, THAWED, S, false",
        "3:pids:/a, freezer/a/freezer.state, FROZEN, S, false",
    })
    void seesFrozenParent(String groups, String file, String content, char state, boolean frozen) throws IOException {
        parent().state(state).file("cgroup", groups.replace(',', '\n') + "\n").write();
        Path path = cgroups.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content.replace(',', '\n') + "\n");

        Finding finding = diagnose().finding();

        assertEquals(frozen, finding.kind() == Kind.PARENT_FROZEN, finding::toString);
        if (frozen) {
            assertEquals(List.of(path + ": " + (state == 'D' ? "FROZEN" : "frozen 1")), finding.evidence());
            assertTrue(
                    finding.now().text().startsWith("do not reap: the parent may wait when it goes on."),
                    finding.now()::text);
        }
    }

    @Test
    void believesTheModuleThatTheParentMayWait() throws IOException {
        parent().write();

        Finding stopped = diagnose(ZombieState.PARENT_STOPPED, Optional.empty());
        Finding busy = diagnose(ZombieState.REAPABLE, Optional.of(ZombieState.PARENT_BUSY));

        assertEquals(Kind.PARENT_STOPPED, stopped.kind());
        assertEquals(List.of("its state: parent-stopped"), stopped.evidence());
        assertEquals(Kind.PARENT_BUSY, busy.kind());
        for (Finding finding : List.of(stopped, busy)) {
            assertTrue(
                    finding.now().text().startsWith("do not reap: the parent may wait when it goes on."),
                    finding.now()::text);
        }
    }

    private Finding diagnose(ZombieState state, Optional<ZombieState> spared) {
        return diagnoser.diagnose(Zombies.withState(zombie(), state, spared)).finding();
    }

    @Test
    void seesParentStuckInTheKernel() throws IOException {
        parent().state('D').file("task/10/wchan", "nfs_wait_bit_killable").write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.PARENT_STUCK, finding.kind());
        assertEquals(
                List.of("State of /proc/10/status: D, twice, 100 ms apart", "wchan of 10: nfs_wait_bit_killable"),
                finding.evidence());
        assertEquals(
                "mend what it sleeps for (by its name: an NFS server)",
                finding.fixes().get(0).text());
        assertTrue(
                finding.now().text().startsWith("do not reap: the parent may wait when it goes on."),
                finding.now()::text);
    }

    @Test
    void doesNotTakeOneThreadForAll() throws IOException {
        parent().state('D').thread(11, 'S').write();

        assertFalse(diagnose().parent().orElseThrow().uninterruptible());
        assertEquals(Kind.HANDLER_DOES_NOT_WAIT, diagnose().finding().kind());
    }

    @Test
    void seesContainerWithoutInit() throws IOException {
        String id = "4c01db0b339cdd0f6f8d0e4a7ac1d0e1cf62b4b3d4f1a0e8b9c7d6e5f4a3b2c1";
        parent().nsPid("10\t1")
                .executable("/nowhere/java")
                .file("cgroup", "0::/docker/" + id + "\n")
                .write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.NO_INIT, finding.kind());
        assertTrue(finding.evidence().get(1).contains(id), finding.evidence()::toString);
        assertEquals(
                new Fix(Fix.Audience.OPERATOR, "run the container with docker run --init (init: true in Compose)"),
                finding.fixes().get(0));
    }

    @Test
    void seesChildOfWhichJvmKnowsNothing() throws IOException {
        parent().executable("/nowhere/java (deleted)").write();

        Diagnosis diagnosis = diagnose();

        assertEquals(ProgramRuntime.JVM, diagnosis.parent().orElseThrow().runtime());
        assertEquals(Kind.NOT_ITS_OWN, diagnosis.finding().kind());
    }

    @Test
    void seesTracedZombie() throws IOException {
        parent().write();
        tree.process(21).zombieOf(PARENT, 0).tracer(99).write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.TRACED, finding.kind());
        assertEquals(List.of("TracerPid of /proc/21/status: 99"), finding.evidence());
    }

    /** Its SigIgn is all ones. */
    @Test
    void seesChildOfKernelThread() throws IOException {
        parent().kernelThread().sigchld(false, true, false).write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.KERNEL_CHILD, finding.kind());
        assertEquals(List.of("its state: kernel-child", "PPid of /proc/21/status: 10"), finding.evidence());
    }

    @Test
    void seesLivingThreads() throws IOException {
        parent().write();
        tree.process(21).zombieOf(PARENT, 0).threads(4).write();

        assertEquals(Kind.THREADS_LIVE, diagnose().finding().kind());
    }

    @Test
    void takesParentThatCannotBeSeen() {
        Diagnosis diagnosis = diagnose();

        assertEquals(Kind.PARENT_UNSEEN, diagnosis.finding().kind());
        assertEquals(List.of(), diagnosis.ancestry());
        assertEquals(Optional.empty(), diagnosis.parent());
        assertEquals(Optional.empty(), diagnosis.placement());
    }

    @Test
    void doesNotWalkInCircles() throws IOException {
        tree.process(PARENT).parent(11).write();
        tree.process(11).parent(PARENT).write();

        assertEquals(64, diagnose().ancestry().size());
    }

    @Test
    void countsOnlyZombiesOfTheSameParent() throws IOException {
        parent().write();
        tree.process(22).zombieOf(PARENT, 0).write();
        tree.process(23).zombieOf(1, 0).write();

        assertEquals(2, diagnose().siblings().count());
    }

    @Test
    void knowsTheRuntimeByItsLibrary() throws IOException {
        parent().file("maps", "7f00 r-xp 0 0 0 /usr/lib/jvm/libjvm.so\n").write();

        assertEquals(ProgramRuntime.JVM, diagnose().parent().orElseThrow().runtime());
    }

    @Test
    void keepsAnInterrupt() throws IOException {
        parent().state('D').write();
        Zombie zombie = zombie();

        Thread.currentThread().interrupt();
        Diagnosis diagnosis = diagnoser.diagnose(zombie, List.of(zombie));

        assertTrue(Thread.interrupted());
        assertEquals(Kind.PARENT_STUCK, diagnosis.finding().kind());
    }

    @Test
    void countsHowFastTheyCome() throws IOException {
        parent().write();
        Zombie one = zombie();

        Diagnosis diagnosis = diagnoser.diagnose(
                one,
                List.of(
                        Zombies.withAge(one, Optional.of(Duration.ofMinutes(30))),
                        Zombies.withAge(one, Optional.of(Duration.ofHours(2))),
                        Zombies.withAge(one, Optional.of(Duration.ZERO))));

        assertEquals(
                new ZombieCrowd(3, Optional.of(Duration.ofHours(2)), OptionalDouble.of(1.5)), diagnosis.siblings());
    }

    @Test
    void diagnosesThousandZombiesOnce() throws IOException {
        parent().write();
        for (int pid = 1000; pid < 2000; pid++) {
            tree.process(pid).start(5000 + pid).zombieOf(PARENT, pid % 256 << 8).write();
        }
        List<Zombie> all = ZombieScanner.of(root).scan();

        List<Diagnosis> diagnoses = diagnoser.diagnose(all, all);

        assertEquals(1, diagnoses.size());
        assertEquals(1001, diagnoses.get(0).alike().size());
        assertEquals(
                "kill -CHLD 10   (if it stays: zreap sweep --parent=10)",
                diagnoses.get(0).finding().now().text());
    }

    @Test
    void conditionsAreValues() throws IOException {
        parent().tracer(7).write();
        ParentCondition condition = diagnose().parent().orElseThrow();
        ParentCondition same = diagnose().parent().orElseThrow();
        parent().tracer(8).write();

        assertEquals(condition, same);
        assertEquals(condition.hashCode(), same.hashCode());
        assertNotEquals(condition, diagnose().parent().orElseThrow());
        assertTrue(condition.toString().startsWith("ParentCondition[sigchld=CAUGHT, "), condition::toString);
        assertEquals(OptionalLong.of(7), condition.tracer());
    }

    /** Twenty fit into a command. Only if all zombies of the parent are alike may it sweep. */
    @Test
    void namesTwentyZombiesOneByOne() throws IOException {
        parent().write();
        for (int pid = 22; pid < 41; pid++) {
            tree.process(pid).zombieOf(PARENT, 0).write();
        }
        String twenty = nowOfFirst();
        tree.process(41).zombieOf(PARENT, 0).write();
        String all = nowOfFirst();
        tree.process(42).zombieOf(PARENT, 0).exitSignal(0).write();
        String notAll = nowOfFirst();

        assertTrue(twenty.contains("zreap reap 21@1000 22@1000 "), twenty);
        assertTrue(twenty.endsWith(" 40@1000)"), twenty);
        assertTrue(all.contains("zreap sweep --parent=10)"), all);
        assertTrue(notAll.endsWith(" 40@1000   (and 1 others))"), notAll);
    }

    private String nowOfFirst() {
        List<Zombie> all = ZombieScanner.of(root).scan();
        return diagnoser.diagnose(all, all).get(0).finding().now().text();
    }

    @Test
    void tellsWhatIsNotAlike() throws IOException {
        parent().write();
        tree.process(22).zombieOf(PARENT, 0).exitSignal(0).write();
        tree.process(23).zombieOf(PARENT, 9).write();
        List<Zombie> all = ZombieScanner.of(root).scan();

        List<Diagnosis> diagnoses = diagnoser.diagnose(all, all);

        assertEquals(
                List.of(List.of(21L, 23L), List.of(22L)),
                diagnoses.stream()
                        .map(d -> d.alike().stream().map(Zombie::pid).toList())
                        .toList());
        assertEquals(Kind.EXIT_SIGNAL, diagnoses.get(1).finding().kind());
    }

    @ParameterizedTest
    @CsvSource({
        "0, no exit signal",
        "10, the exit signal 10",
    })
    void namesTheSignalOfAChildThatWasCloned(int signal, String named) throws IOException {
        parent().write();
        tree.process(21).zombieOf(PARENT, 0).exitSignal(signal).write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.EXIT_SIGNAL, finding.kind());
        assertTrue(finding.cause().startsWith("It was made by clone with " + named + " in place of"), finding.cause());
    }

    /** Files that take a lock which the sleeping thread may hold. */
    @Test
    void readsOnlyWhatNeedsNoLockOfStuckParent() throws IOException {
        parent().state('D')
                .uid(1000)
                .file("maps", "7f00 r-xp 0 0 0 /usr/lib/jvm/libjvm.so\n")
                .file("cmdline", "server\0")
                .file("limits", "Max processes             10                10            processes\n")
                .write();

        Diagnosis diagnosis = diagnose();

        assertEquals(Kind.PARENT_STUCK, diagnosis.finding().kind());
        assertEquals(ProgramRuntime.OTHER, diagnosis.parent().orElseThrow().runtime());
        assertEquals(List.of(), diagnosis.ancestry().get(0).commandLine());
        assertEquals(OptionalLong.empty(), diagnosis.headroom().userMax());
        Files.delete(root.resolve("10/exe"));
        parent().uid(1000).write();
        assertEquals(OptionalLong.of(10), diagnose().headroom().userMax());
    }
}
