// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.event.ResultEvent;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.module.MachineTree;

/** All that a client does, whatever way it goes to the module. */
@ParameterizedClass
@EnumSource(Transport.class)
class ZreapTest {

    @Parameter
    private Transport transport;

    @TempDir
    private Path proc;

    @TempDir
    private Path machine;

    private final FakeModule module = new FakeModule();

    @AfterEach
    void everyFileIsClosed() {
        assertEquals(0, module.openFiles());
    }

    @Test
    void sendsPidWithStartTime() throws IOException {
        new ProcTree(proc).process(77).start(4321).zombieOf(10, 0).write();

        ReapResult result = open().reap(Target.ofPid(77));

        assertEquals(List.of("77@4321\n"), module.writes());
        assertInstanceOf(ReapResult.Reaped.class, result);
        assertEquals(OptionalLong.of(4321), result.process().startTicks());
    }

    @Test
    void letsTheKernelAnswerForPidThatIsNotSeen() {
        module.answering(target -> FakeModule.refusedRow(target, "gone", Errno.ESRCH))
                .failingToWrite(Errno.ESRCH);

        assertInstanceOf(ReapResult.Gone.class, open().reap(Target.ofPid(77)));
        assertEquals(List.of("77\n"), module.writes());
    }

    @Test
    void handsOver() throws Exception {
        module.answering(target -> FakeModule.refusedRow(target, "own-child", Errno.EEXIST));
        AdoptOptions options = AdoptOptions.builder().adopter(12).signal(10).build();
        try (Zreap zreap = open()) {
            assertInstanceOf(ReapResult.OwnChild.class, zreap.adopt(Target.ofPid(77)));
            zreap.adopt(List.of(Target.ofPid(78)), options);
            zreap.sendAsync(Request.adopt(List.of(Target.ofPid(79)), options)).get();
        }
        assertEquals(
                List.of("adopt 77\n", "adopt 78 to=12 signal=10\n", "adopt 79 to=12 signal=10\n"), module.writes());
    }

    @Test
    void releases() throws Exception {
        module.answering(target -> FakeModule.reapedRow(target, 3).replace("reaped", "released"));
        ReapOptions old = ReapOptions.builder().minAge(Duration.ofSeconds(1)).build();
        try (Zreap zreap = open()) {
            ReapResult.Released released = assertInstanceOf(
                    ReapResult.Released.class,
                    zreap.send(Request.release(List.of(Target.ofPid(77)), ReapOptions.defaults()))
                            .get(0));
            assertEquals(new ExitStatus.Exited(3), released.status());
            zreap.send(Request.release(List.of(Target.ofPid(78)), ReapOptions.defaults()));
            zreap.sendAsync(Request.release(List.of(Target.ofPid(79)), old)).get();
        }
        assertEquals(List.of("release 77\n", "release 78\n", "release 79 min-age=1000ms\n"), module.writes());
    }

    @Test
    void readsRowsOfFailedWrite() {
        module.answering(target -> target.equals("2@5")
                        ? FakeModule.refusedRow(target, "reused", Errno.ESTALE)
                        : FakeModule.reapedRow(target, 3))
                .failingToWrite(Errno.ESTALE);

        List<ReapResult> results =
                open().reap(List.of(new ProcessIdentity(1, 5), new ProcessIdentity(2, 5), new ProcessIdentity(3, 5)));

        assertEquals(
                List.of("reaped", "reused", "reaped"),
                results.stream().map(ReapResult::word).toList());
        assertEquals(
                Optional.of(new ExitStatus.Exited(3)), results.get(0).process().status());
    }

    @Test
    void splitsBigRequestsAndKeepsTheirOrder() {
        List<ProcessIdentity> targets = LongStream.rangeClosed(1, 20_000)
                .mapToObj(pid -> new ProcessIdentity(pid, 1_000_000 + pid))
                .toList();

        List<ReapResult> results = open().reap(targets);

        assertEquals(
                targets,
                results.stream().flatMap(r -> r.process().identity().stream()).toList());
        assertTrue(module.writes().size() > 1);
    }

    @Test
    void asksNobodyForNobody() {
        assertEquals(List.of(), open().reap(List.of()));
        assertEquals(List.of(), module.writes());
    }

    @Test
    void listsZombies() {
        module.listing(
                "77 10 345 61000 9 reapable - 1000 0 - the\\040parent a\\012b",
                "78 10 346 - - threads threads 0 2 - p c");

        List<Zombie> zombies = open().zombies();

        assertEquals(
                "77@345 a\\012b the parent reapable killed by SIGKILL",
                describe(zombies.get(0)) + " " + zombies.get(0).status().orElseThrow());
        assertEquals(Optional.empty(), zombies.get(0).spared());
        assertEquals("78@346 c p threads", describe(zombies.get(1)));
        assertEquals(Optional.of(ZombieState.THREADS), zombies.get(1).spared());
        assertEquals(Optional.empty(), zombies.get(1).status());
        assertEquals(2, zombies.get(1).livingThreads());
    }

    @Test
    void listsWhyZombiesAreSpared() {
        module.listing(
                "77 10 345 0 0 parent-stopped parent-stopped 0 0 - p c",
                "78 10 346 0 0 reapable parent-busy 0 0 - p c",
                "79 10 347 0 0 reapable embalmed 0 0 - p c");

        List<Zombie> zombies = open().zombies();

        assertEquals(
                List.of(ZombieState.PARENT_STOPPED, ZombieState.REAPABLE, ZombieState.REAPABLE),
                zombies.stream().map(Zombie::state).toList());
        assertEquals(
                List.of("parent-stopped", "parent-busy", "embalmed"),
                zombies.stream().map(z -> z.spared().orElseThrow().word()).toList());
        assertEquals("embalmed", zombies.get(2).spared().orElseThrow().explanation());
    }

    @Test
    void listsTracersThatCanBeSeen() {
        module.listing("77 10 345 - - traced traced 0 0 99 p c", "78 10 346 - - traced traced 0 0 0 p c");

        assertEquals(
                List.of(OptionalLong.of(99), OptionalLong.empty()),
                open().zombies().stream().map(Zombie::tracer).toList());
    }

    @Test
    void remembersTheLastResults() {
        module.remembering(
                "1795505444873 reap 128 0 " + FakeModule.reapedRow("77@5", 7),
                "1795505444874 adopt 0 65534 - gone 3 - - - - - - - - - - -");

        List<ResultEvent> events = open().recent();

        assertEquals(2, events.size());
        ResultEvent reaped = events.get(0);
        assertEquals(Instant.ofEpochMilli(1795505444873L), reaped.time());
        assertEquals("reap", reaped.verb());
        assertEquals(OptionalLong.of(128), reaped.callerPid());
        assertEquals(OptionalLong.of(0), reaped.callerUid());
        assertEquals("77@5 (child): reaped, exited 7", reaped.result().toString());
        ResultEvent ofOthers = events.get(1);
        assertEquals(OptionalLong.empty(), ofOthers.callerPid());
        assertEquals(0, ofOthers.result().process().pid());
    }

    @Test
    void saysWhyItRemembersNothing() {
        Zreap zreap = open();

        module.remembering("too few");
        assertThrows(ProtocolException.class, zreap::recent);
        module.failingToOpen(Errno.ENOENT);
        assertEquals(
                Optional.of(proc.resolve("zreap_recent")),
                assertThrows(ModuleMissingException.class, zreap::recent).path());
        module.failingToOpen(Errno.EACCES);
        assertThrows(PermissionException.class, zreap::recent);
    }

    @Test
    void saysThatTheModuleIsMissing() {
        module.failingToOpen(Errno.ENOENT);

        ModuleMissingException e = assertThrows(ModuleMissingException.class, this::open);

        assertEquals(transport == Transport.PROCFS ? Optional.of(proc.resolve("zreap")) : Optional.empty(), e.path());
        assertEquals(OptionalInt.of(Errno.ENOENT), e.errno());
        assertTrue(e.remedy().startsWith("load the kernel module: modprobe zreap"), e.remedy());
        assertTrue(e.getMessage().endsWith(e.remedy()), e.getMessage());
    }

    @Test
    void saysThatPermissionIsLacking() {
        module.failingToOpen(Errno.EACCES);
        assertThrows(PermissionException.class, this::open);
    }

    /** The module refuses with EPERM. EACCES is from what stands before it. */
    @Test
    void saysThatAPolicyKeepsItOut() throws IOException {
        new MachineTree(machine).root().file("proc/self/attr/current", "docker-default (enforce)\n");
        module.failingToOpen(Errno.EACCES);

        PermissionException e =
                assertThrows(PermissionException.class, builder().systemRoot(machine)::open);

        boolean isFile = transport == Transport.PROCFS;
        assertEquals(isFile, String.valueOf(e.getMessage()).contains("docker-default (enforce)"), e::getMessage);
        assertEquals(isFile, e.remedy().contains("kill-if-jiangshi"), e::remedy);
        assertEquals(!isFile, e.remedy().contains("CAP_KILL"), e::remedy);
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
        assertThrows(PermissionException.class, () -> zreap.reap(Target.ofPid(77)));
    }

    @Test
    void saysThatTheRequestWasRejected() {
        module.refusing(Errno.EINVAL);
        Zreap zreap = open();
        assertThrows(RequestRejectedException.class, () -> zreap.reap(Target.ofPid(77)));
    }

    @Test
    void saysThatTheRequestIsTooLarge() {
        module.refusing(Errno.E2BIG);
        Zreap zreap = open();
        RequestRejectedException e = assertThrows(RequestRejectedException.class, () -> zreap.reap(Target.ofPid(77)));
        assertTrue(e.remedy().contains("name fewer"), e.remedy());
    }

    @Test
    void saysThatThereWasNoRoomForResults() {
        module.refusing(Errno.ENOBUFS);
        Zreap zreap = open();
        ZreapException e = assertThrows(ZreapException.class, () -> zreap.reap(Target.ofPid(77)));
        assertTrue(e.remedy().contains("what was done is in /proc/zreap_recent"), e.remedy());
        // A socket whose answers are lost fails with the same errno, and its module has left nothing undone.
        assertEquals(transport == Transport.PROCFS, e.remedy().contains("left the rest undone"), e.remedy());
    }

    @Test
    void saysThatTheModuleWentAway() {
        module.refusing(Errno.EIO);
        Zreap zreap = open();
        assertThrows(ModuleMissingException.class, () -> zreap.reap(Target.ofPid(77)));
    }

    @Test
    void keepsWhatWasDoneBeforeFailure() {
        module.answering(target ->
                target.startsWith("6000@") ? FakeModule.refusedRow(target, "-", 0) : FakeModule.reapedRow(target, 0));
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
        assertThrows(ProtocolException.class, () -> zreap.reap(Target.ofPid(77)));
    }

    /** What was cut short may have been carried out or not: nobody is told that it was. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void refusesRequestsThatAreNotTakenWhole(int cut) {
        FakeModule cutting = new FakeModule() {
            @Override
            public int write(int fd, byte[] bytes) throws ErrnoException {
                return taken(super.write(fd, bytes));
            }

            @Override
            public int send(int fd, byte[] message) throws ErrnoException {
                return taken(super.send(fd, message));
            }

            private int taken(int whole) {
                return writes().size() == cut ? whole - 1 : whole;
            }
        };
        List<ProcessIdentity> targets = LongStream.rangeClosed(1, 6000)
                .mapToObj(pid -> new ProcessIdentity(pid, 1_000_000_000))
                .toList();
        Zreap zreap = cutting.client(proc, transport);

        ProtocolException e = assertThrows(ProtocolException.class, () -> zreap.reap(targets));

        assertTrue(e.getMessage().contains(" were taken"), e.getMessage());
        assertEquals(cut, cutting.writes().size());
        long before =
                cutting.writes().stream().limit(cut - 1).flatMap(String::lines).count();
        assertEquals(
                targets.subList(0, Math.toIntExact(before)),
                e.completed().stream()
                        .flatMap(r -> r.process().identity().stream())
                        .toList());
        assertEquals(0, cutting.openFiles());
    }

    @Test
    void refusesTooManyAnswers() {
        module.answering(target -> FakeModule.reapedRow(target, 0) + "\n" + FakeModule.reapedRow(target, 0));
        Zreap zreap = open();
        assertThrows(ProtocolException.class, () -> zreap.reap(Target.ofPid(77)));
    }

    @Test
    void sweepsWhatTheOptionsSelect() {
        module.listing(
                "70 10 700 61000 0 reapable - 0 0 - p old",
                "71 10 701 59999 0 reapable - 0 0 - p young",
                "72 10 702 61000 0 traced traced 0 0 9 p traced",
                "73 11 703 61000 0 reapable - 0 0 - p protected",
                "74 10 704 61000 0 reapable - 0 0 - p old",
                "75 10 705 61000 0 reapable - 0 0 - p toomany");
        SweepOptions options =
                SweepOptions.builder().protectParent(11).limit(2).dryRun(true).build();

        ReapReport report = open().sweep(options);

        assertEquals(
                List.of("70@700 min-age=60000ms dry-run gentle\n74@704 min-age=60000ms dry-run gentle\n"),
                module.writes());
        assertEquals(2, report.asked());
        assertEquals(Map.of(ZombieState.YOUNG, List.of(71L), ZombieState.TRACED, List.of(72L)), pids(report.spared()));
        assertTrue(
                report.toString().startsWith("2 asked, 2 done, 1 spared (traced), 1 spared (young), "),
                report.toString());
    }

    @Test
    void sweepsSpareChildrenOfParentsThatMayStillWait() {
        module.listing(
                "70 10 700 61000 0 parent-stopped parent-stopped 0 0 - kubelet c",
                "71 10 701 61000 0 parent-stopped parent-stopped 0 0 - kubelet c",
                "72 11 702 61000 0 reapable parent-busy 0 0 - vforks c",
                "73 12 703 61000 0 reapable - 0 0 - stopping c",
                "74 13 704 61000 0 reapable - 0 0 - sleeps c");
        module.sparing("73@703", "parent-busy");
        Zreap zreap = open();

        ReapReport gentle = zreap.sweep(SweepOptions.defaults());
        ReapReport forced =
                zreap.sweep(SweepOptions.builder().force(true).limit(4).build());

        assertEquals(
                Map.of(ZombieState.PARENT_STOPPED, List.of(70L, 71L), ZombieState.PARENT_BUSY, List.of(72L)),
                pids(gentle.spared()));
        assertInstanceOf(ReapResult.ParentBusy.class, gentle.results().get(0));
        assertInstanceOf(ReapResult.Reaped.class, gentle.results().get(1));
        assertEquals(4, forced.done().size());
        assertEquals(Map.of(), forced.spared());
        assertTrue(module.writes().get(1).startsWith("70@700 min-age=60000ms gentle force\n"));
    }

    @Test
    void sweepsDoNotCountWhatTheyDoNotMean() {
        module.listing(
                "70 10 700 61000 0 parent-stopped parent-stopped 0 0 - p c",
                "71 11 701 61000 0 parent-stopped parent-stopped 0 0 - p c",
                "72 12 702 61000 0 parent-stopped parent-stopped 0 0 - p filtered");
        SweepOptions options = SweepOptions.builder()
                .protectParent(11)
                .filter(zombie -> !zombie.name().text().equals("filtered"))
                .build();

        assertEquals(
                Map.of(ZombieState.PARENT_STOPPED, List.of(70L)),
                pids(open().sweep(options).spared()));
    }

    private static Map<ZombieState, List<Long>> pids(Map<ZombieState, List<Zombie>> zombies) {
        return zombies.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        e -> e.getValue().stream().map(Zombie::pid).toList()));
    }

    @Test
    void takesByForceWhatItsParentMayWaitFor() {
        module.sparing("77@5", "parent-stopped");
        List<ProcessIdentity> zombie = List.of(new ProcessIdentity(77, 5));
        ReapOptions force = ReapOptions.builder().force(true).build();
        Zreap zreap = open();

        ReapResult refused = zreap.reap(zombie).get(0);
        assertInstanceOf(ReapResult.ParentStopped.class, refused);
        assertTrue(refused.explanation().contains("may wait for it when it goes on"), refused.explanation());
        assertInstanceOf(
                ReapResult.ParentStopped.class,
                zreap.adopt(zombie, AdoptOptions.defaults()).get(0));
        assertInstanceOf(
                ReapResult.ParentStopped.class,
                zreap.send(Request.release(zombie, ReapOptions.defaults())).get(0));

        assertInstanceOf(ReapResult.Reaped.class, zreap.reap(zombie, force).get(0));
        zreap.send(Request.release(zombie, force));
        zreap.adopt(zombie, AdoptOptions.builder().force(true).build());
        assertEquals(
                List.of("77@5 force\n", "release 77@5 force\n", "adopt 77@5 force\n"),
                module.writes().subList(3, 6));
    }

    @Test
    void saysThatTheModuleIsTooOld() {
        module.older().listing("70 10 700 61000 0 reapable - 0 0 - p c");
        List<ProcessIdentity> zombie = List.of(new ProcessIdentity(77, 5));
        ReapOptions force = ReapOptions.builder().force(true).build();
        Zreap zreap = open();

        ModuleTooOldException e = assertThrows(ModuleTooOldException.class, () -> zreap.sweep(SweepOptions.defaults()));
        assertEquals(
                "the loaded kernel module zreap, version 0.0.9, is too old: it does not know the option gentle,"
                        + " which this request needs: nothing was done; load the kernel module of the same release"
                        + " as this library (rmmod zreap, then modprobe zreap)",
                e.getMessage());
        assertThrows(ModuleTooOldException.class, () -> zreap.reap(zombie, force));
        assertThrows(ModuleTooOldException.class, () -> zreap.send(Request.release(zombie, force)));
        assertThrows(
                ModuleTooOldException.class,
                () -> zreap.adopt(zombie, AdoptOptions.builder().force(true).build()));
        assertEquals(List.of(), module.writes());

        ReapOptions known =
                ReapOptions.builder().dryRun(true).minAge(Duration.ofMillis(1)).build();
        assertEquals(1, zreap.reap(zombie, known).size());
    }

    @Test
    void saysWhichOptionTheModuleLacks() {
        module.knowing("min-age dry-run gentle parent to signal newer");
        Zreap zreap = open();

        assertEquals(0, zreap.sweep(SweepOptions.defaults()).asked());
        SweepOptions force = SweepOptions.builder().force(true).build();
        ModuleTooOldException e = assertThrows(ModuleTooOldException.class, () -> zreap.sweep(force));
        assertTrue(e.getMessage().contains("does not know the option force,"), e.getMessage());
    }

    /** As in a container without sysfs. */
    @Test
    void letsTheModuleRefuseWhatItDoesNotKnow() {
        module.older().withoutSysfs().listing("70 10 700 61000 0 reapable - 0 0 - p c");
        Zreap zreap = open();

        assertThrows(RequestRejectedException.class, () -> zreap.sweep(SweepOptions.defaults()));
        assertEquals(List.of(), module.acted());
    }

    @Test
    void sweepsNoChildrenOfStrangers() throws IOException {
        new ProcTree(proc).process(10).start(500).write();
        module.listing("70 10 700 61000 0 reapable - 0 0 - p c");
        Zreap zreap = open();

        zreap.sweep(SweepOptions.builder().parent(new ProcessIdentity(10, 499)).build());
        assertEquals(List.of(), module.writes());

        zreap.sweep(SweepOptions.builder().parent(new ProcessIdentity(10, 500)).build());
        assertEquals(1, module.writes().size());
    }

    @Test
    void sweepOfNothingAsksForNothing() {
        ReapReport report = open().sweep(SweepOptions.defaults());

        assertEquals(0, report.asked());
        assertEquals(List.of(), module.writes());
    }

    /** A module that says that processes are gone, and they are not. */
    private static final class Unmoved extends FakeModule {

        @Override
        public int pidfdOpen(long pid) {
            return 99;
        }

        @Override
        public void pidfdSendSignal(int pidfd, int signal) {}
    }

    @Test
    void verifiesWhatWasReleased() {
        FakeModule liar = new Unmoved();
        liar.answering(target -> FakeModule.reapedRow(target, 0).replace(" reaped ", " released "));
        List<ProcessIdentity> targets = List.of(new ProcessIdentity(1, 5));

        ReapReport report =
                liar.client(proc, transport).send(Request.verified(Request.release(targets, ReapOptions.defaults())));

        assertEquals(targets, report.stillThere());
    }

    @Test
    void reportsWhatIsStillThere() throws IOException {
        module.answering(target -> target.startsWith("2@")
                ? FakeModule.refusedRow(target, "alive", Errno.EBUSY)
                : FakeModule.reapedRow(target, 0));
        FakeModule liar = new Unmoved();
        List<ProcessIdentity> targets = List.of(new ProcessIdentity(1, 5), new ProcessIdentity(2, 5));

        ReapReport honest = open().send(Request.verified(Request.reap(targets, ReapOptions.defaults())));
        ReapReport caught =
                liar.client(proc, transport).send(Request.verified(Request.reap(targets, ReapOptions.defaults())));

        assertEquals(List.of(), honest.stillThere());
        assertEquals(1, honest.done().size());
        assertEquals(Set.of("alive"), honest.notDone().keySet());
        assertTrue(honest.toString().startsWith("2 asked, 1 done, 1 alive, "), honest.toString());
        assertEquals(targets, caught.stillThere());
        assertTrue(caught.toString().contains("STILL THERE: [1@5, 2@5]"), caught.toString());
    }

    @Test
    void countsSuccessOfNewerModulesAsDone() {
        module.answering(target -> FakeModule.reapedRow(target, 0).replace("reaped", "embalmed"));

        ReapReport report =
                open().send(Request.verified(Request.reap(List.of(new ProcessIdentity(1, 5)), ReapOptions.defaults())));

        assertEquals(Set.of(), report.notDone().keySet());
        assertTrue(report.toString().startsWith("1 asked, 1 done, "), report.toString());
    }

    @Test
    void keepsWhatWasDoneWhereItCannotBeVerified() {
        FakeModule exhausted = new FakeModule() {
            @Override
            public int pidfdOpen(long pid) throws ErrnoException {
                throw new ErrnoException("pidfd_open", Errno.EMFILE);
            }
        };
        Zreap zreap = exhausted.client(proc, transport);

        ZreapException e = assertThrows(
                ZreapException.class,
                () -> zreap.send(
                        Request.verified(Request.reap(List.of(new ProcessIdentity(1, 5)), ReapOptions.defaults()))));

        assertEquals(
                List.of("reaped"), e.completed().stream().map(ReapResult::word).toList());
        assertEquals(OptionalInt.of(Errno.EMFILE), e.errno());
    }

    @Test
    void reapsInAnotherThread() throws Exception {
        try (Zreap zreap = open()) {
            List<ReapResult> results = zreap.sendAsync(
                            Request.reap(List.of(new ProcessIdentity(1, 5)), ReapOptions.defaults()))
                    .get();

            assertEquals("reaped", results.get(0).word());
            assertEquals(
                    0,
                    zreap.sendAsync(Request.sweep(SweepOptions.defaults()))
                            .get()
                            .asked());
        }
    }

    @Test
    void runsWhereItIsTold() {
        List<Runnable> tasks = new ArrayList<>();
        Zreap zreap = builder().executor(tasks::add).open();

        CompletableFuture<List<ReapResult>> reaped =
                zreap.sendAsync(Request.reap(List.of(new ProcessIdentity(1, 5)), ReapOptions.defaults()));

        assertFalse(reaped.isDone());
        tasks.forEach(Runnable::run);
        assertTrue(reaped.isDone());
    }

    @Test
    void waitsNoLongerThanTold() {
        CountDownLatch gate = new CountDownLatch(1);
        module.waitingFor(gate);
        ReapOptions impatient =
                ReapOptions.builder().timeout(Duration.ofMillis(500)).build();
        List<Runnable> unfinished = new ArrayList<>();
        Zreap zreap = builder().executor(startingThreads(unfinished)).open();

        assertThrows(ReapTimeoutException.class, () -> zreap.reap(List.of(new ProcessIdentity(1, 5)), impatient));
        ExecutionException e = assertThrows(
                ExecutionException.class,
                () -> zreap.sendAsync(Request.reap(List.of(new ProcessIdentity(2, 5)), impatient))
                        .get());
        assertInstanceOf(ReapTimeoutException.class, e.getCause());

        // What the kernel has been asked for goes on all the same.
        gate.countDown();
        unfinished.forEach(Runnable::run);
        assertEquals(Set.of("1@5\n", "2@5\n"), Set.copyOf(module.writes()));
    }

    /** By netlink the module acts only while somebody receives. */
    @Test
    void finishesTheBatchForWhichNobodyWaits() {
        CountDownLatch gate = new CountDownLatch(1);
        module.answering(target -> {
            if (target.equals("2@5")) {
                pass(gate);
            }
            return FakeModule.reapedRow(target, 0);
        });
        List<Runnable> unfinished = new ArrayList<>();
        Zreap zreap = builder().executor(startingThreads(unfinished)).open();
        ReapOptions impatient =
                ReapOptions.builder().timeout(Duration.ofMillis(200)).build();

        assertThrows(
                ReapTimeoutException.class,
                () -> zreap.reap(
                        List.of(new ProcessIdentity(1, 5), new ProcessIdentity(2, 5), new ProcessIdentity(3, 5)),
                        impatient));
        zreap.close();
        gate.countDown();
        unfinished.forEach(Runnable::run);

        assertEquals(List.of("1@5", "2@5", "3@5"), module.acted());
    }

    @Test
    void beginsNoFurtherBatchWhenItIsInterrupted() {
        List<Target> targets = LongStream.range(10_000, 50_000)
                .<Target>mapToObj(pid -> new ProcessIdentity(pid, 5))
                .toList();
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Thread caller = Thread.currentThread();
        module.answering(target -> {
            if (asked.incrementAndGet() == 20_000) {
                caller.interrupt();
                pass(gate);
            }
            return FakeModule.reapedRow(target, 0);
        });
        List<Runnable> unfinished = new ArrayList<>();
        Zreap zreap = builder().executor(startingThreads(unfinished)).open();

        ReapInterruptedException e = assertThrows(
                ReapInterruptedException.class,
                () -> zreap.reap(
                        targets,
                        ReapOptions.builder().timeout(Duration.ofMinutes(1)).build()));
        assertTrue(Thread.interrupted());
        gate.countDown();
        unfinished.forEach(Runnable::run);

        int completed = e.completed().size();
        assertTrue(completed > 0 && completed < 20_000, completed + " were completed");
        assertTrue(asked.get() >= 20_000 && asked.get() < 40_000, asked + " were asked for");
        assertEquals(
                10_000 + completed - 1,
                e.completed().get(completed - 1).process().pid());
    }

    @Test
    void beginsNoBatchWhenItIsCancelledBefore() {
        List<Runnable> tasks = new ArrayList<>();
        Zreap zreap = builder().executor(tasks::add).open();

        zreap.sendAsync(Request.reap(List.of(new ProcessIdentity(1, 5)), ReapOptions.defaults()))
                .cancel(false);
        tasks.forEach(Runnable::run);

        assertEquals(List.of(), module.writes());
    }

    @Test
    void keepsAnInterrupt() {
        CountDownLatch gate = new CountDownLatch(1);
        module.waitingFor(gate);
        ReapOptions patient =
                ReapOptions.builder().timeout(Duration.ofMinutes(1)).build();
        List<Runnable> tasks = new ArrayList<>();
        Zreap zreap = builder().executor(tasks::add).open();

        Thread.currentThread().interrupt();
        assertThrows(ReapInterruptedException.class, () -> zreap.reap(List.of(new ProcessIdentity(1, 5)), patient));

        assertTrue(Thread.interrupted());
    }

    @Test
    void failsInAnotherThreadAsInThisOne() {
        module.refusing(Errno.EINVAL);
        ReapOptions patient =
                ReapOptions.builder().timeout(Duration.ofMinutes(1)).build();
        try (Zreap zreap = open()) {
            assertThrows(RequestRejectedException.class, () -> zreap.reap(List.of(new ProcessIdentity(1, 5)), patient));
        }
    }

    @Test
    void saysWhetherItIsAvailable() {
        assertTrue(availability().isAvailable());
        module.failingToOpen(Errno.ENOENT);
        assertEquals(Availability.Reason.MODULE_MISSING, reason());
        module.failingToOpen(Errno.EPERM);
        assertEquals(Availability.Reason.NOT_PERMITTED, reason());
        module.failingToOpen(Errno.ENOMEM);
        assertEquals(Availability.Reason.OTHER, reason());
        module.failingToOpen(0).failingToTell(Errno.EPERM);
        assertEquals(Availability.Reason.NOT_PERMITTED, reason());
        module.failingToTell(0).ofAnotherProtocol();
        assertEquals(Availability.Reason.WRONG_PROTOCOL, reason());
    }

    /** The kernel takes its lock for each zombie of the list. */
    @Test
    void opensWithoutTheList() {
        String[] rows = new String[100];
        Arrays.fill(rows, "70 10 700 61000 0 reapable - 0 0 - p whole");
        rows[99] = "70 10";
        module.listing(rows);

        Zreap zreap = open();
        assertThrows(ProtocolException.class, zreap::zombies);
    }

    @Test
    void seesThatTheModuleIsNotForThisContainer() throws IOException {
        module.failingToOpen(Errno.EPERM);
        namespace(0xEFFFFFFCL);
        assertEquals(Availability.Reason.NOT_PERMITTED, reason());
        namespace(4026532198L);
        assertEquals(Availability.Reason.NOT_IN_CONTAINER, reason());

        module.failingToOpen(Errno.ENOENT);
        Files.createFile(
                Files.createDirectories(machine.resolve("sys/module/zreap")).resolve("refcnt"));
        assertEquals(Availability.Reason.NOT_IN_CONTAINER, reason());
        module.failingToOpen(Errno.EIO);
        assertEquals(Availability.Reason.MODULE_MISSING, reason());
    }

    private void namespace(long inode) throws IOException {
        Path link = Files.createDirectories(proc.resolve("self/ns")).resolve("pid");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of("pid:[" + inode + "]"));
    }

    @Test
    void doesNothingAfterClose() {
        Zreap zreap = open();
        zreap.close();
        zreap.close();

        assertThrows(IllegalStateException.class, () -> zreap.reap(Target.ofPid(77)));
        assertThrows(IllegalStateException.class, zreap::zombies);
        assertThrows(IllegalStateException.class, zreap::recent);
        assertEquals(List.of(), module.writes());
    }

    @Test
    void refusesWhatIsNoPid() {
        Zreap zreap = open();
        assertThrows(IllegalArgumentException.class, () -> zreap.reap(Target.ofPid(0)));
        assertThrows(IllegalArgumentException.class, () -> zreap.reap(Target.ofPid(-1)));
        assertThrows(IllegalArgumentException.class, () -> zreap.reap(Target.ofPid(Target.MAX_PID + 1)));
    }

    private Zreap.Builder builder() {
        return Zreap.builder(module).transport(transport).procRoot(proc);
    }

    private Availability availability() {
        return builder().systemRoot(machine).availability();
    }

    private Availability.Reason reason() {
        Availability.Unavailable unavailable = assertInstanceOf(Availability.Unavailable.class, availability());
        return unavailable.reason();
    }

    private static Executor startingThreads(List<Runnable> joins) {
        return task -> {
            Thread thread = new Thread(task);
            joins.add(() -> join(thread));
            thread.start();
        };
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Zreap open() {
        return module.client(proc, transport);
    }

    private static String describe(Zombie zombie) {
        return zombie.identity() + " " + zombie.name() + " "
                + zombie.parentName().orElseThrow() + " " + zombie.state();
    }
}
