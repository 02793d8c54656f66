// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.ProcTree;
import org.zreap.diagnosis.Finding.Kind;

/** The parent does something else first, or cannot run. */
class BusyParentTest extends OneZombie {

    private static final String PIPE = "pipe:[762006]";

    /** The first argument is a PID for wait4 (61), and only the kind of number for waitid (247). */
    @ParameterizedTest
    @CsvSource({
        "61 0x4, 'child 4, as the parent counts PIDs'",
        "247 0x1, other children",
        "247 0x3, other children",
        "61 0xffffffffffffffff, other children",
    })
    void saysWhomTheParentWaitsFor(String call, String whom) throws IOException {
        parent().wchan("do_wait")
                .file("task/10/syscall", call + " 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7f1c\n")
                .write();

        assertEquals(
                "Its parent is in a wait that has not taken this child: one for " + whom + ".",
                diagnose().finding().cause());
    }

    @Test
    void takesTheWaitOfAnotherThreadToo() throws IOException {
        parent().threads(2)
                .thread(11, 'S')
                .file("task/11/wchan", "kernel_wait4")
                .file("task/11/syscall", "61 0x1f 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7f1c\n")
                .write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.PARENT_WAITS_FOR_OTHERS, finding.kind());
        assertTrue(finding.cause().contains("child 31"), finding.cause());
        assertEquals(List.of("thread 11: state S, wchan kernel_wait4"), finding.evidence());
    }

    /** A JVM has a thread for each child, which waits all the time. */
    @Test
    void makesNothingOfTheWaitsOfAJvm() throws IOException {
        parent().executable("/nowhere/java").wchan("do_wait").write();

        assertEquals(Kind.NOT_ITS_OWN, diagnose().finding().kind());
    }

    /** A signal that every thread blocks reaches nobody. */
    @ParameterizedTest
    @CsvSource({"false, PARENT_BUSY", "true, SIGCHLD_BLOCKED"})
    void knowsAParentThatIsNotToldYet(boolean blocked, Kind kind) throws IOException {
        parent().sigchld(blocked, false, true).pending("0000000000010000").write();

        assertEquals(kind, diagnose().finding().kind());
    }

    @Test
    void takesOtherPendingSignalsForNothing() throws IOException {
        parent().pending("0000000000008000").write();

        assertEquals(Kind.HANDLER_DOES_NOT_WAIT, diagnose().finding().kind());
    }

    @Test
    void namesThoseWhoHoldThePipeOpen() throws IOException {
        readingParent("server").write();
        writer(30).name("sleep").write();
        writer(31).name("tee").write();
        writer(32).file("fdinfo/1", "flags:\t00\n").write(); // it reads
        writer(33).link("fd/1", "pipe:[1]").write(); // another pipe
        writer(34).state('D').write(); // its files may be locked
        writer(35).zombieOf(1, 0).write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.PARENT_READS_PIPE, finding.kind());
        assertEquals(List.of("thread 10 reads " + PIPE, "open for writing: 30 (sleep), 31 (tee)"), finding.evidence());
        assertEquals(
                "see whether 30 (sleep), 31 (tee) should still run",
                finding.fixes().get(0).text());
        assertEquals(
                "do not reap: the parent may wait when the other end of the pipe is closed by 30 (sleep), 31 (tee)",
                finding.now().text());
    }

    /** postgres waits for every child, if SIGCHLD tells it. */
    @ParameterizedTest
    @CsvSource({
        "postgres, false, true, 0",
        "postgres, false, false, 1",
        "postgres, true, false, 1",
        "server, false, true, 1"
    })
    void aReaderMayNeverWait(String program, boolean blocked, boolean caught, int others) throws IOException {
        readingParent(program).sigchld(blocked, false, caught).write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.PARENT_READS_PIPE, finding.kind());
        assertEquals(others, finding.alternatives().size(), finding.alternatives()::toString);
    }

    @Test
    void namesNoMoreThanFiveOfThem() throws IOException {
        readingParent("server").write();
        for (int pid = 30; pid < 37; pid++) {
            writer(pid).write();
        }

        assertEquals(
                "open for writing: 30 (sh), 31 (sh), 32 (sh), 33 (sh), 34 (sh)",
                diagnose().finding().evidence().get(1));
    }

    @Test
    void saysThatItSeesNobodyAtTheOtherEnd() throws IOException {
        readingParent("dash").write();

        Finding finding = diagnose().finding();

        assertEquals("open for writing: not seen from here", finding.evidence().get(1));
        assertEquals(
                "see whether every process that has its other end should still run",
                finding.fixes().get(0).text());
        assertEquals(
                "do not reap: the parent will wait when the other end of the pipe is closed by every process that has"
                        + " its other end",
                finding.now().text());
    }

    /** A handler for SIGCHLD that writes to a log blocks SIGCHLD meanwhile. */
    @ParameterizedTest
    @CsvSource({"server, false, false", "server, true, false", "postgres, false, true", "postgres, true, true"})
    void knowsWhichProgramsWaitOnceTheyCanWrite(String program, boolean blocked, boolean certain) throws IOException {
        parent().executable("/nowhere/" + program)
                .sigchld(blocked, false, true)
                .wchan("anon_pipe_write")
                .file("task/10/syscall", "1 0x1 0x7ffd 0x80 0x0 0x0 0x0 0x7ffe 0x7f1c\n")
                .link("fd/1", PIPE)
                .write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.PARENT_WRITES_PIPE, finding.kind());
        assertEquals(
                certain ? List.of() : List.of("the parent never waits"),
                finding.alternatives().stream().map(Alternative::cause).toList());
    }

    /** The main thread may wait meanwhile. */
    @Test
    void makesNothingOfPipesThatOtherThreadsRead() throws IOException {
        parent().threads(2)
                .thread(11, 'S')
                .file("task/11/wchan", "anon_pipe_read")
                .file("task/11/syscall", "0 0x3 0x7ffd 0x80 0x0 0x0 0x0 0x7ffe 0x7f1c\n")
                .link("fd/3", PIPE)
                .write();

        assertEquals(Kind.HANDLER_DOES_NOT_WAIT, diagnose().finding().kind());
    }

    @Test
    void takesNoOtherSleepForARead() throws IOException {
        readingParent("server").wchan("futex_wait_queue").write();

        assertEquals(Kind.HANDLER_DOES_NOT_WAIT, diagnose().finding().kind());
    }

    @Test
    void takesNoFileForAPipe() throws IOException {
        readingParent("server").link("fd/3", "/dev/pts/0").write();

        assertEquals(Kind.HANDLER_DOES_NOT_WAIT, diagnose().finding().kind());
    }

    @ParameterizedTest
    @CsvSource({
        "/docker/ID, thaw it: docker unpause ID",
        "/machine.slice/libpod-ID.scope, thaw it: podman unpause ID",
        "/system.slice/nerdctl-ID.scope, 'thaw it: ctr tasks resume ID, in its containerd namespace'",
        "/lxc.payload.web1, 'thaw it: lxc-unfreeze -n web1, or incus start web1'",
        "/actions_job/ID, 'thaw it by GitHub Actions, if that froze it, or by systemctl thaw'",
        "/lxc.payload.a;reboot, 'thaw it: systemctl thaw UNIT, docker unpause, podman unpause, whichever froze it'",
    })
    void saysHowToThawTheParent(String cgroup, String fix) throws IOException {
        String path = cgroup.replace("ID", HostTrees.ID);
        parent().file("cgroup", "0::" + path + "\n").write();
        freeze(path);

        Finding finding = diagnose().finding();

        assertEquals(Kind.PARENT_FROZEN, finding.kind());
        assertEquals(fix.replace("ID", HostTrees.ID), finding.fixes().get(0).text());
    }

    private void freeze(String cgroup) throws IOException {
        Path folder = Files.createDirectories(cgroups.resolve(cgroup.substring(1)));
        Files.writeString(folder.resolve("cgroup.events"), "frozen 1\n");
    }

    @Test
    void saysThatASignalHasStoppedTheTracedParentToo() throws IOException {
        parent().state('t').threads(2).thread(11, 'T').write();

        Finding finding = diagnose().finding();

        assertEquals(
                List.of(
                        "State of /proc/10/status: t (tracing stop)",
                        "TracerPid of /proc/10/status: 0",
                        "a signal has stopped it too: kill -CONT 10"),
                finding.evidence());
        assertEquals(
                "let the tracer outside of this PID namespace continue or detach it",
                finding.fixes().get(0).text());
    }

    @Test
    void saysWhomTheParentInVforkWaitsFor() throws IOException {
        parent().state('D').wchan("wait_for_vfork_done").write();
        assertTrue(diagnose().finding().cause().contains("before its new child calls exec or ends"));

        tree.process(30).name("sh").parent(PARENT).flags(0x40).write();
        tree.process(31).name("ls").parent(PARENT).flags(0x40).write();
        tree.process(32).parent(PARENT).write(); // it has called exec
        tree.process(33).parent(1).flags(0x40).write(); // of another parent
        tree.process(34).zombieOf(PARENT, 0).flags(0x40).write();

        Finding finding = diagnose().finding();

        assertEquals(Kind.PARENT_IN_VFORK, finding.kind());
        assertTrue(finding.cause().contains("before 30 (sh) or 31 (ls) calls exec or ends"), finding.cause());
    }

    private ProcTree.Process readingParent(String program) {
        return parent().executable("/nowhere/" + program)
                .wchan("anon_pipe_read")
                .file("task/10/syscall", "0 0x3 0x7ffd 0x80 0x0 0x0 0x0 0x7ffe 0x7f1c\n")
                .link("fd/3", PIPE);
    }

    private ProcTree.Process writer(long pid) {
        return tree.process(pid).link("fd/1", PIPE).file("fdinfo/1", "flags:\t01\n");
    }
}
