// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.internal.sys.Errno;

class ZreapTest {

    @TempDir
    private Path proc;

    private final FakeModule module = new FakeModule();

    @AfterEach
    void everyFileIsClosed() {
        assertEquals(0, module.openFiles());
    }

    @Test
    void sendsPidWithStartTime() throws IOException {
        new ProcTree(proc).process(77).start(4321).zombieOf(10, 0).write();

        ReapResult result = open().reap(77);

        assertEquals(List.of("77@4321\n"), module.writes());
        assertInstanceOf(ReapResult.Reaped.class, result);
        assertEquals(OptionalLong.of(4321), result.process().startTicks());
    }

    @Test
    void letsTheKernelAnswerForPidThatIsNotSeen() {
        module.answering(target -> FakeModule.refusedRow(target, "gone", Errno.ESRCH))
                .failingToWrite(Errno.ESRCH);

        assertInstanceOf(ReapResult.Gone.class, open().reap(77));
        assertEquals(List.of("77\n"), module.writes());
    }

    @Test
    void readsRowsOfFailedWrite() {
        module.answering(target -> target.equals("2@5")
                        ? FakeModule.refusedRow(target, "reused", Errno.ESTALE)
                        : FakeModule.reapedRow(target, 3))
                .failingToWrite(Errno.ESTALE);

        List<ReapResult> results =
                open().reap(List.of(new ProcessIdentity(1, 5), new ProcessIdentity(2, 5), new ProcessIdentity(3, 5)));

        assertEquals(List.of("reaped", "reused", "reaped"), results.stream().map(ReapResult::word).toList());
        assertEquals(Optional.of(new ExitStatus.Exited(3)), results.get(0).process().status());
    }

    @Test
    void splitsBigRequestsAndKeepsTheirOrder() {
        List<ProcessIdentity> targets = LongStream.rangeClosed(1, 20_000)
                .mapToObj(pid -> new ProcessIdentity(pid, 1_000_000 + pid))
                .toList();

        List<ReapResult> results = open().reap(targets);

        assertEquals(
                targets, results.stream().flatMap(r -> r.process().identity().stream()).toList());
        assertTrue(module.writes().size() > 1);
    }

    @Test
    void asksNobodyForNobody() {
        assertEquals(List.of(), open().reap(List.of()));
        assertEquals(List.of(), module.writes());
    }

    @Test
    void listsZombies() {
        module.listing("77 10 345 61000 9 reapable 1000 0 - the\\040parent a\\012b", "78 10 346 - - threads 0 2 - p c");

        List<Zombie> zombies = open().zombies();

        assertEquals(
                "77@345 a\\012b the parent reapable killed by SIGKILL",
                describe(zombies.get(0)) + " " + zombies.get(0).status().orElseThrow());
        assertEquals("78@346 c p threads", describe(zombies.get(1)));
        assertEquals(Optional.empty(), zombies.get(1).status());
        assertEquals(2, zombies.get(1).livingThreads());
    }

    @Test
    void saysThatTheModuleIsMissing() {
        module.failingToOpen(Errno.ENOENT);

        ModuleMissingException e = assertThrows(ModuleMissingException.class, this::open);

        assertEquals(Optional.of(proc.resolve("zreap")), e.path());
        assertEquals(OptionalInt.of(Errno.ENOENT), e.errno());
        assertEquals("load the kernel module: modprobe zreap", e.remedy());
        assertTrue(e.getMessage().endsWith(e.remedy()), e.getMessage());
    }

    @Test
    void saysThatPermissionIsLacking() {
        module.failingToOpen(Errno.EACCES);
        assertThrows(PermissionException.class, this::open);
    }

    @Test
    void saysThatAnotherNamespaceIsMeant() {
        module.failingToOpen(Errno.EXDEV);
        assertThrows(PermissionException.class, this::open);
    }

    @Test
    void saysThatTheOpenerLostItsRights() {
        module.refusing(Errno.EPERM);
        Zreap zreap = open();
        assertThrows(PermissionException.class, () -> zreap.reap(77));
    }

    @Test
    void saysThatTheRequestWasRejected() {
        module.refusing(Errno.EINVAL);
        Zreap zreap = open();
        assertThrows(RequestRejectedException.class, () -> zreap.reap(77));
    }

    @Test
    void saysThatTheModuleWentAway() {
        module.refusing(Errno.ENODEV);
        Zreap zreap = open();
        assertThrows(ModuleMissingException.class, () -> zreap.reap(77));
    }

    @Test
    void keepsWhatWasDoneBeforeFailure() {
        module.answering(target -> target.startsWith("6000@") ? "garbage" : FakeModule.reapedRow(target, 0));
        List<ProcessIdentity> targets = LongStream.rangeClosed(1, 6000)
                .mapToObj(pid -> new ProcessIdentity(pid, 1_000_000_000))
                .toList();
        Zreap zreap = open();

        ProtocolException e = assertThrows(ProtocolException.class, () -> zreap.reap(targets));

        assertEquals(1, e.completed().get(0).process().pid());
        assertTrue(e.completed().size() > 1000 && e.completed().size() < 6000);
    }

    @Test
    void refusesAnswersToAnotherQuestion() {
        module.answering(target -> FakeModule.reapedRow("5@5", 0));
        Zreap zreap = open();
        assertThrows(ProtocolException.class, () -> zreap.reap(77));
    }

    @Test
    void refusesTooManyAnswers() {
        module.answering(target -> FakeModule.reapedRow(target, 0) + "\n" + FakeModule.reapedRow(target, 0));
        Zreap zreap = open();
        assertThrows(ProtocolException.class, () -> zreap.reap(77));
    }

    @Test
    void doesNothingAfterClose() {
        Zreap zreap = open();
        zreap.close();
        zreap.close();

        assertThrows(IllegalStateException.class, () -> zreap.reap(77));
        assertThrows(IllegalStateException.class, zreap::zombies);
        assertEquals(List.of(), module.writes());
    }

    @Test
    void refusesWhatIsNoPid() {
        Zreap zreap = open();
        assertThrows(IllegalArgumentException.class, () -> zreap.reap(0));
        assertThrows(IllegalArgumentException.class, () -> zreap.reap(-1));
        assertThrows(IllegalArgumentException.class, () -> zreap.reap(Target.MAX_PID + 1));
    }

    private Zreap open() {
        return Zreap.builder(module).procRoot(proc).open();
    }

    private static String describe(Zombie zombie) {
        return zombie.identity() + " " + zombie.name() + " " + zombie.parentName().orElseThrow() + " " + zombie.state();
    }
}
