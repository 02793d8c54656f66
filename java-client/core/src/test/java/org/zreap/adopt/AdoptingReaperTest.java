// SPDX-License-Identifier: Apache-2.0
package org.zreap.adopt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.ExitStatus;
import org.zreap.FakeModule;
import org.zreap.ModuleMissingException;
import org.zreap.ProcTree;
import org.zreap.ProcessIdentity;
import org.zreap.Target;
import org.zreap.Transport;
import org.zreap.ZreapException;
import org.zreap.internal.adopt.JvmSignal;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;

class AdoptingReaperTest {

    private static final long SELF = ProcessHandle.current().pid();
    private static final int SIGURG = 23;
    private static final int SIGPWR = 30;

    @TempDir
    private Path proc;

    private final FakeModule module = new FakeModule();

    @AfterEach
    void nothingIsLeft() {
        assertEquals(0, module.openFiles());
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("zreap-adopter")));
        // The signal is free again.
        JvmSignal.handle("URG", () -> {}).close();
    }

    @Test
    void adoptsToThisProcess() throws Exception {
        module.answering(target -> row(target, "adopted", 0));
        try (AdoptingReaper reaper = open()) {
            Ending ending = reaper.adopt(new ProcessIdentity(77, 345)).get();

            assertEquals(new ProcessIdentity(77, 345), ending.process());
            assertEquals(new ExitStatus.Exited(7), ending.status());
        }
        assertEquals(
                List.of("adopt 77@345 to=" + SELF + " signal=" + SIGURG + "\n", SELF + " dry-run\n"), module.writes());
    }

    @Test
    void saysWhatTheKernelRefuses() {
        module.answering(target -> row(target, target.startsWith("77") ? "adopted" : "alive", Errno.EBUSY));
        try (AdoptingReaper reaper = open()) {
            List<CompletableFuture<Ending>> endings =
                    reaper.adopt(List.of(new ProcessIdentity(77, 345), new ProcessIdentity(78, 345)));

            assertEquals(77, endings.get(0).join().process().pid());
            ExecutionException e =
                    assertThrows(ExecutionException.class, () -> endings.get(1).get());
            NotAdoptedException refused = assertInstanceOf(NotAdoptedException.class, e.getCause());
            assertEquals("alive", refused.result().orElseThrow().word());
        }
    }

    @Test
    void waitsForWhatWasAdoptedBeforeFailure() throws Exception {
        CompletableFuture<Long> waited = new CompletableFuture<>();
        FakeModule broken = new FakeModule() {
            @Override
            public Optional<Waited> waitNow(long pid) throws ErrnoException {
                waited.complete(pid);
                return super.waitNow(pid);
            }
        };
        broken.answering(target -> row(target, "adopted", 0));
        broken.failingToWrite(Errno.ENOMEM)
                .garbling(pieces -> pieces.size() == 3 ? List.of(pieces.get(0), pieces.get(2)) : pieces);
        List<Target> both = List.of(new ProcessIdentity(77, 345), new ProcessIdentity(78, 345));
        try (AdoptingReaper reaper = builder(broken)
                .procRoot(proc)
                .signal("URG")
                .transport(Transport.NETLINK)
                .open()) {
            assertThrows(ZreapException.class, () -> reaper.adopt(both));

            assertEquals(77, waited.get(1, TimeUnit.MINUTES));
        }
    }

    @Test
    void waitsForWhatWasAdoptedWithoutAnAnswer() throws Exception {
        ProcTree tree = new ProcTree(proc);
        tree.process(77).start(345).zombieOf(10, 0).write();
        tree.process(78).start(345).zombieOf(10, 0).write();
        tree.process(79).start(345).zombieOf(SELF, 0).write();
        tree.process(80).start(345).zombieOf(10, 0).write();
        Queue<Long> waited = new ConcurrentLinkedQueue<>();
        FakeModule unloaded = new FakeModule() {
            @Override
            public int write(int fd, byte[] bytes) throws ErrnoException {
                if (!new String(bytes, StandardCharsets.US_ASCII).startsWith("adopt")) {
                    return super.write(fd, bytes);
                }
                become(tree.process(77).start(345).zombieOf(SELF, 0));
                become(tree.process(80).start(345).zombieOf(SELF, 0));
                throw new ErrnoException("write", Errno.EIO);
            }

            @Override
            public Optional<Waited> waitNow(long pid) throws ErrnoException {
                waited.add(pid);
                return super.waitNow(pid);
            }
        };
        List<Target> targets =
                List.of(new ProcessIdentity(77, 345), Target.ofPid(78), Target.ofPid(79), new ProcessIdentity(80, 344));
        try (AdoptingReaper reaper = patient(unloaded)) {
            assertThrows(ModuleMissingException.class, () -> reaper.adopt(targets));
        }
        assertEquals(List.of(77L), List.copyOf(waited));
    }

    @Test
    void adoptsWhatItExpects() throws Exception {
        ProcessIdentity zombie = new ProcessIdentity(77, 345);
        ProcTree tree = new ProcTree(proc);
        tree.process(77).start(345).zombieOf(10, 0).write();
        Set<Long> waited = new HashSet<>();
        FakeModule once = new FakeModule() {
            @Override
            public Optional<Waited> waitNow(long pid) throws ErrnoException {
                if (!waited.add(pid)) {
                    throw new ErrnoException("wait4", Errno.ECHILD);
                }
                return super.waitNow(pid);
            }
        };
        try (AdoptingReaper reaper = patient(once)) {
            CompletableFuture<Ending> expected = reaper.expect(zombie);
            awaitLook(reaper);
            once.answering(target -> {
                if (target.startsWith("77@")) {
                    become(tree.process(77).start(345).zombieOf(SELF, 0));
                    awaitLook(reaper);
                }
                return row(target, "adopted", 0);
            });

            CompletableFuture<Ending> adopted = reaper.adopt(Target.ofPid(77));

            assertEquals(
                    new ExitStatus.Exited(7), adopted.get(1, TimeUnit.MINUTES).status());
            assertEquals(
                    new ExitStatus.Exited(7), expected.get(1, TimeUnit.MINUTES).status());
        }
    }

    @Test
    void expectsWhatOthersHandOver() throws IOException {
        ProcTree tree = new ProcTree(proc);
        tree.process(77).start(345).zombieOf(10, 0).write();
        tree.process(78).start(345).zombieOf(SELF, 0).write();
        CompletableFuture<Ending> ending;
        try (AdoptingReaper reaper = open()) {
            ending = reaper.expect(new ProcessIdentity(77, 345));

            assertThrows(IllegalArgumentException.class, () -> reaper.expect(new ProcessIdentity(78, 345)));
            CompletableFuture<Ending> gone = reaper.expect(new ProcessIdentity(78, 344));
            assertThrows(ExecutionException.class, () -> gone.get(1, TimeUnit.MINUTES));
        }
        ExecutionException e = assertThrows(ExecutionException.class, ending::get);
        assertTrue(e.getCause().getMessage().contains("closed before process 77@345 came"), e.toString());
    }

    @Test
    void looksWhenTheSignalComes() throws Exception {
        ProcTree tree = new ProcTree(proc);
        tree.process(77).start(345).zombieOf(10, 0).write();
        try (AdoptingReaper reaper = builder(module)
                .procRoot(proc)
                .signal("URG")
                .pollInterval(Duration.ofHours(1))
                .open()) {
            CompletableFuture<Ending> ending = reaper.expect(new ProcessIdentity(77, 345));
            assertThrows(
                    ExecutionException.class,
                    () -> reaper.expect(new ProcessIdentity(4_000_000, 1)).get());
            tree.process(77).start(345).zombieOf(SELF, 0).write();

            Sys.linux().kill(SELF, SIGURG);

            assertEquals(
                    new ExitStatus.Exited(7), ending.get(1, TimeUnit.MINUTES).status());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CHLD", "SIGCHLD", "USR2", "QUIT", "SIGQUIT", "TERM", "INT", "HUP", "SEGV", "BUS", "FPE", "ILL", "PIPE",
                "XFSZ", "KILL", "STOP", "RTMIN", "urg", "", "no such"
            })
    void refusesSignalsThatAreNotFree(String name) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> AdoptingReaper.builder().signal(name));

        assertTrue(e.getMessage().endsWith("use SIGUSR1"), e.getMessage());
        assertEquals(
                name.endsWith("CHLD"),
                e.getMessage().contains("a JVM, which resets it when it starts its first process"));
    }

    @Test
    void refusesSignalOfAnotherHandler() {
        CountDownLatch came = new CountDownLatch(1);
        try (JvmSignal other = JvmSignal.handle("URG", came::countDown)) {
            assertThrows(IllegalStateException.class, this::open);

            Sys.linux().kill(SELF, SIGURG);
            assertTrue(came.await(1, TimeUnit.MINUTES));
            other.ignore();
        } catch (InterruptedException | ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void doesNothingAfterClose() {
        AdoptingReaper reaper = open();
        reaper.close();
        reaper.close();

        assertThrows(IllegalStateException.class, () -> reaper.adopt(Target.ofPid(77)));
        assertThrows(IllegalStateException.class, () -> reaper.expect(new ProcessIdentity(77, 345)));
    }

    @Test
    void givesTheSignalBackWithoutTheModuleToo() {
        AdoptingReaper reaper = open();
        module.failingToOpen(Errno.ENOENT);

        reaper.close();

        assertFalse(isIgnored(SIGURG));
    }

    @Test
    void leavesTheSignalIgnoredWhereARequestMayBeUnderWay() {
        AdoptingReaper reaper = builder(module).procRoot(proc).signal("PWR").open();
        module.failingToOpen(Errno.EMFILE);

        reaper.close();

        assertTrue(isIgnored(SIGPWR));
    }

    @Test
    void saysThatThereIsNoModule() {
        module.failingToOpen(Errno.ENOENT);

        assertThrows(ModuleMissingException.class, this::open);
    }

    @Test
    void refusesNoPause() {
        assertThrows(
                IllegalArgumentException.class, () -> AdoptingReaper.builder().pollInterval(Duration.ZERO));
    }

    private static boolean isIgnored(int signal) {
        return new ProcFs(Path.of("/proc")).status(SELF).orElseThrow().bit("SigIgn", signal - 1);
    }

    /** As the kernel would have it when it hands a process over. */
    private static void become(ProcTree.Process process) {
        try {
            process.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the reaper has looked at all that it expects by now. */
    private static void awaitLook(AdoptingReaper reaper) {
        // What it expects last it looks at last; this one is gone at the first look.
        CompletableFuture<Ending> gone = reaper.expect(new ProcessIdentity(4_000_000, 1));
        assertThrows(ExecutionException.class, () -> gone.get(1, TimeUnit.MINUTES));
    }

    private AdoptingReaper patient(FakeModule fake) {
        return builder(fake)
                .procRoot(proc)
                .signal("URG")
                .pollInterval(Duration.ofSeconds(Long.MAX_VALUE))
                .open();
    }

    private static AdoptingReaper.Builder builder(FakeModule fake) {
        return AdoptingReaper.builder(fake, fake.clientBuilder());
    }

    private AdoptingReaper open() {
        return builder(module).procRoot(proc).signal("SIGURG").open();
    }

    private static String row(String target, String word, int errno) {
        String[] parts = target.split("@", -1);
        String start = parts.length > 1 ? parts[1] : "1000";
        return parts[0] + " " + word + " " + errno + " 1792 - - - 4000 0 - 10 " + start + " parent child";
    }
}
