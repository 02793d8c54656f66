// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.ProcTree;
import org.zreap.ZombieScanner;
import org.zreap.Zombies;
import org.zreap.diagnosis.Finding.Kind;
import org.zreap.diagnosis.Fix.Audience;

/** The parent is process 1 of its PID namespace, or process 1 of the zombie's namespace is ending. */
class ProcessOneTest extends OneZombie {

    private static final String ID = HostTrees.ID;

    @ParameterizedTest
    @CsvSource({
        "/docker/ID, run the container with docker run --init (init: true in Compose)",
        "/machine.slice/libpod-ID.scope, run the container with podman run --init",
        "/ecs/0123456789abcdef0123456789abcdef/ID, set initProcessEnabled in linuxParameters of the task definition",
        "/kubepods/burstable/podPOD/ID, 'set shareProcessNamespace: true in the pod: then pause is process 1, and"
                + " waits'",
    })
    void saysHowTheContainerGetsAnInit(String cgroup, String fix) throws IOException {
        inner("sleep").file("cgroup", path(cgroup)).write();

        assertEquals(
                List.of(
                        new Fix(Audience.OPERATOR, fix),
                        new Fix(
                                Audience.IMAGE_OWNER,
                                "make an init the entry point, with the program as its child: tini or dumb-init")),
                diagnose().finding().fixes());
    }

    @Test
    void leavesTheOperatorWithoutAFixItDoesNotKnow() throws IOException {
        inner("sleep").file("cgroup", path("/lxc.payload.web1")).write();

        assertEquals(
                List.of(Audience.IMAGE_OWNER),
                diagnose().finding().fixes().stream().map(Fix::audience).toList());
    }

    /** The kernel gives PID 2 of a namespace to the first process that process 1 starts. */
    @ParameterizedTest
    @CsvSource({"21 2, OWN_CHILD_OF_INIT", "21 3, CHILD_OR_ORPHAN_OF_INIT", "21 5 2, CHILD_OR_ORPHAN_OF_INIT"})
    void knowsTheFirstChild(String pids, Kind kind) throws IOException {
        inner("server").write();
        tree.process(21).zombieOf(PARENT, 0).nsPid(pids.replace(' ', '\t')).write();

        assertEquals(kind, diagnose().finding().kind());
    }

    /** Process 1 of the whole system has started more than process 2. */
    @Test
    void takesNoFirstChildOnTheHost() throws IOException {
        tree.process(1).parent(0).executable("/nowhere/app").write();
        tree.process(2).zombieOf(1, 0).write();

        assertEquals(
                Kind.CHILD_OR_ORPHAN_OF_INIT,
                diagnoser
                        .diagnose(ZombieScanner.of(root).find(2).orElseThrow())
                        .finding()
                        .kind());
    }

    /** Of a session that neither process 1 nor the zombie made, another process started it. */
    @ParameterizedTest
    @CsvSource({
        "40, 9, NO_INIT",
        "1, 9, CHILD_OR_ORPHAN_OF_INIT",
        "9, 9, CHILD_OR_ORPHAN_OF_INIT",
        "0, 9, CHILD_OR_ORPHAN_OF_INIT",
    })
    void knowsOrphansByTheirSession(long session, long pid, Kind kind) throws IOException {
        inner("server").session(10, "10\t1").write();
        tree.process(21)
                .zombieOf(PARENT, 0)
                .nsPid("21\t" + pid)
                .session(900, "900\t" + session)
                .write();

        assertEquals(kind, diagnose().finding().kind());
    }

    @Test
    void namesWhatElseMayBeWhereTheStartDoesNotDecide() throws IOException {
        inner("java").write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.NO_INIT, finding.kind());
        assertEquals(
                List.of(
                        new Alternative(
                                "a start script left it in the background and then became java by exec; then an init"
                                        + " alone does not help",
                                "the entry point of the image"),
                        new Alternative(
                                "native code in the program has started it and does not wait",
                                "whether the name of the zombie is one that the program starts")),
                finding.alternatives());
        inner("sleep").write();
        assertEquals(1, diagnose().finding().alternatives().size(), "sleep starts no child");
        inner("server").write();
        assertEquals(
                new Alternative(
                        "a start script started it and then became the parent by exec", "the entry point of the image"),
                diagnose().finding().alternatives().get(2));
    }

    @Test
    void knowsAnEndingContainerWhoseSleepIsHidden() throws IOException {
        parent().write();
        endingInit().write();
        zombieInNamespace();

        Diagnosis diagnosis = diagnose();

        assertEquals(Kind.CONTAINER_HELD_UP, diagnosis.finding().kind());
        assertEquals(
                "flags of /proc/30/stat: it is ending (PF_EXITING), and its wchan is not shown",
                diagnosis.finding().evidence().get(0));
        assertEquals(30, diagnosis.endingInit().orElseThrow().identity().pid());
    }

    @ParameterizedTest
    @CsvSource({
        "30 1, 4, pid:[7], do_wait", // it sleeps elsewhere
        "30 1, 0, pid:[7], zap_pid_ns_processes", // it has not ended
        "30 2, 4, pid:[7], zap_pid_ns_processes", // it is not process 1
        "30 5 1, 4, pid:[7], zap_pid_ns_processes", // it is process 1 of a namespace further down
        "30 1, 4, pid:[8], zap_pid_ns_processes", // it is process 1 of another namespace
    })
    void takesNoOtherProcessForAnEndingInit(String pids, long flags, String namespace, String wchan)
            throws IOException {
        parent().write();
        tree.process(30)
                .nsPid(pids.replace(' ', '\t'))
                .flags(flags)
                .link("ns/pid", namespace)
                .wchan(wchan)
                .write();
        zombieInNamespace();

        Diagnosis diagnosis = diagnose();

        assertEquals(Kind.HANDLER_DOES_NOT_WAIT, diagnosis.finding().kind());
        assertEquals(Optional.empty(), diagnosis.endingInit());
    }

    /** The kernel ends a parent in the namespace too. */
    @Test
    void anEndingContainerTakesAParentInItAlong() throws IOException {
        parent().nsPid("10\t5").write();
        endingInit().wchan("zap_pid_ns_processes").write();
        zombieInNamespace();

        assertEquals(Kind.HANDLER_DOES_NOT_WAIT, diagnose().finding().kind());
    }

    /** The main thread of process 1 may have ended before another one. */
    @Test
    void knowsAnEndingInitByItsLastThread() throws IOException {
        parent().write();
        endingInit()
                .zombieOf(1, 0)
                .threads(2)
                .thread(31, 'S')
                .file("task/31/wchan", "zap_pid_ns_processes")
                .write();
        zombieInNamespace();

        assertEquals(Kind.CONTAINER_HELD_UP, diagnose().finding().kind());
        endingInit().zombieOf(1, 0).write();
        assertEquals(Kind.HANDLER_DOES_NOT_WAIT, diagnose().finding().kind());
    }

    /** A shim that waits for every child gets ten seconds. */
    @Test
    void leavesTimeToAParentThatIsAboutToWait() throws IOException {
        parent().executable("/nowhere/containerd-shim-runc-v2").write();
        endingInit().wchan("zap_pid_ns_processes").write();
        zombieInNamespace();

        assertEquals(Kind.REAPER_BEHIND, diagnoseAtAge(10).kind());
        assertEquals(Kind.CONTAINER_HELD_UP, diagnoseAtAge(11).kind());
    }

    @Test
    void nudgesAReaperThatIsBehind() throws IOException {
        parent().executable("/nowhere/tini").write();

        Finding young = diagnoseAtAge(10);
        Finding late = diagnoseAtAge(11);

        assertTrue(young.cause().endsWith("So it is about to wait, or it hangs."), young.cause());
        assertFalse(young.isCertain());
        assertTrue(late.cause().endsWith("So it is behind, or it hangs."), late.cause());
        assertEquals(
                "kill -CHLD 10   (if it stays: zreap reap 21@1000)", late.now().text());
    }

    private Finding diagnoseAtAge(long seconds) {
        return diagnoser
                .diagnose(Zombies.withAge(zombie(), Optional.of(Duration.ofSeconds(seconds))))
                .finding();
    }

    private ProcTree.Process inner(String program) {
        return parent().nsPid("10\t1").executable("/nowhere/" + program);
    }

    private ProcTree.Process endingInit() {
        return tree.process(30).nsPid("30\t1").flags(4).link("ns/pid", "pid:[7]");
    }

    private void zombieInNamespace() throws IOException {
        tree.process(21)
                .zombieOf(PARENT, 0)
                .nsPid("21\t8")
                .link("ns/pid", "pid:[7]")
                .write();
    }

    private static String path(String cgroup) {
        return "0::" + cgroup.replace("ID", ID).replace("POD", HostTrees.POD) + "\n";
    }
}
