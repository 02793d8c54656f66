// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.adopt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.ExitStatus;
import org.zreap.FakeModule;
import org.zreap.ProcTree;
import org.zreap.ProcessIdentity;
import org.zreap.Rusage;
import org.zreap.ZreapException;
import org.zreap.adopt.Ending;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;

class ChildWaiterTest {

    private static final long SELF = 500;
    private static final ProcessIdentity ZOMBIE = new ProcessIdentity(77, 345);

    @TempDir
    private Path root;

    private final Children children = new Children();
    private ChildWaiter waiter;

    @AfterEach
    void end() {
        waiter.close();
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("zreap-adopter")));
    }

    @Test
    void tellsHowAnAdoptedProcessEnded() throws Exception {
        zombieOf(SELF);
        children.ended.put(77L, 9);

        Ending ending = patient().expect(ZOMBIE, true).get();

        assertEquals(
                new Ending(
                        ZOMBIE,
                        new ExitStatus.Signalled(9, false),
                        new Rusage(Duration.ofNanos(1000), Duration.ofNanos(2000), 3072)),
                ending);
    }

    @Test
    void leavesProcessesOfOthersAlone() throws Exception {
        zombieOf(10);
        CompletableFuture<Ending> ending = patient().expect(ZOMBIE, false);
        children.awaitLook(waiter);
        assertEquals(List.of(), children.asked);

        assertIsWaitedForWhenItComes(ending);
        assertEquals(List.of(77L), children.asked);
    }

    @Test
    void leavesTheNextOwnerOfThePidAlone() throws IOException {
        tree().process(77).start(346).zombieOf(SELF, 0).write();
        children.ended.put(77L, 0);

        ZreapException e = failure(patient().expect(ZOMBIE, false));
        ZreapException again = failure(waiter.expect(ZOMBIE, true));

        assertTrue(e.getMessage().startsWith("somebody else has waited for process 77@345"), e.getMessage());
        assertEquals(e.getMessage(), again.getMessage());
        assertEquals(OptionalLong.of(77), e.pid());
        assertEquals(List.of(), children.asked);
    }

    @Test
    void waitsForAdoptedThatItCannotSee() throws Exception {
        children.ended.put(77L, 0);

        assertEquals(
                new ExitStatus.Exited(0), patient().expect(ZOMBIE, true).get().status());
    }

    @Test
    void looksWithoutBeingWoken() throws Exception {
        zombieOf(10);
        waiter = waiter(Duration.ofMillis(5));
        CompletableFuture<Ending> ending = waiter.expect(ZOMBIE, false);
        children.awaitLook(waiter);

        children.ended.put(77L, 256);
        zombieOf(SELF);

        assertEquals(new ExitStatus.Exited(1), ending.get(1, TimeUnit.MINUTES).status());
    }

    @Test
    void saysThatSomebodyElseInThisProcessWaited() throws IOException {
        zombieOf(SELF);
        children.errno = Errno.ECHILD;

        ZreapException e = failure(patient().expect(ZOMBIE, true));

        assertEquals(OptionalInt.of(Errno.ECHILD), e.errno());
    }

    @Test
    void asksNoMoreAfterFailure() throws Exception {
        zombieOf(SELF);
        children.errno = Errno.ECHILD;
        failure(patient().expect(ZOMBIE, true));

        children.errno = 0;
        children.awaitLook(waiter);

        assertEquals(List.of(), children.asked);
    }

    @Test
    void saysThatItCannotWait() throws IOException {
        zombieOf(SELF);
        children.errno = Errno.ENOSYS;

        assertTrue(failure(patient().expect(ZOMBIE, true)).getMessage().startsWith("cannot wait for process 77@345"));
    }

    @Test
    void givingUpFailsNoOtherCaller() throws Exception {
        zombieOf(10);
        CompletableFuture<Ending> stays = patient().expect(ZOMBIE, false);
        CompletableFuture<Ending> cancelled = waiter.expect(ZOMBIE, false);
        CompletableFuture<Ending> late = waiter.expect(ZOMBIE, false).orTimeout(1, TimeUnit.MILLISECONDS);

        assertTrue(cancelled.cancel(true));
        assertInstanceOf(
                TimeoutException.class,
                assertThrows(ExecutionException.class, () -> late.get(1, TimeUnit.MINUTES))
                        .getCause());

        assertFalse(stays.isDone());
        assertIsWaitedForWhenItComes(stays);
    }

    @Test
    void futureThatGaveUpIsNotFoundAgain() throws Exception {
        zombieOf(10);
        assertTrue(patient().expect(ZOMBIE, false).cancel(true));

        CompletableFuture<Ending> again = waiter.expect(ZOMBIE, false);

        assertFalse(again.isDone());
        assertIsWaitedForWhenItComes(again);
    }

    @Test
    void waitsAlsoWhenAllCallersHaveGivenUp() throws Exception {
        zombieOf(10);
        assertTrue(patient().expect(ZOMBIE, false).cancel(true));
        children.awaitLook(waiter);
        zombieOf(SELF);
        children.ended.put(77L, 0);
        children.awaitLook(waiter);

        assertEquals(List.of(77L), children.asked);
    }

    @Test
    void failureReachesEveryCaller() throws Exception {
        zombieOf(10);
        CompletableFuture<Ending> first = patient().expect(ZOMBIE, false);
        CompletableFuture<Ending> second = waiter.expect(ZOMBIE, false);
        children.errno = Errno.ECHILD;
        zombieOf(SELF);
        waiter.wake();

        assertEquals(OptionalInt.of(Errno.ECHILD), failure(first).errno());
        assertEquals(OptionalInt.of(Errno.ECHILD), failure(second).errno());
    }

    @Test
    void looksALastTimeWhenItIsClosed() throws Exception {
        zombieOf(10);
        tree().process(78).start(346).zombieOf(10, 0).write();
        CompletableFuture<Ending> comes = patient().expect(ZOMBIE, false);
        CompletableFuture<Ending> stays = waiter.expect(new ProcessIdentity(78, 346), false);
        children.awaitLook(waiter);
        zombieOf(SELF);
        children.ended.put(77L, 0);

        waiter.close();

        assertEquals(new ExitStatus.Exited(0), comes.get().status());
        assertTrue(failure(stays).getMessage().contains("closed before process 78@346 came to it"));
        assertThrows(IllegalStateException.class, () -> waiter.expect(ZOMBIE, false));
    }

    @Test
    void mayBeClosedByWhatHangsOnFutures() throws Exception {
        zombieOf(SELF);
        CountDownLatch hung = new CountDownLatch(1);
        children.gate = hung;
        CompletableFuture<Ending> ending = patient().expect(ZOMBIE, true);
        CompletableFuture<Boolean> closedByItself = ending.thenApply(e -> {
            waiter.close();
            return true;
        });
        children.ended.put(77L, 0);
        hung.countDown();
        waiter.wake();

        assertTrue(closedByItself.get(1, TimeUnit.MINUTES));
    }

    @Test
    void looksAgainAtWhatItCouldNotRead() throws Exception {
        Path unreadable = Files.createDirectories(root.resolve("77/stat"));
        CompletableFuture<Ending> ending = patient().expect(ZOMBIE, true);
        children.awaitLook(waiter);
        assertFalse(ending.isDone());

        Files.delete(unreadable);
        assertIsWaitedForWhenItComes(ending);
    }

    @Test
    void goesOnAfterAnInterruptThatACallbackLeaves() throws Exception {
        zombieOf(SELF);
        CountDownLatch hung = new CountDownLatch(1);
        children.gate = hung;
        CompletableFuture<Void> interrupted = patient()
                .expect(ZOMBIE, true)
                .thenRun(() -> Thread.currentThread().interrupt());
        children.ended.put(77L, 0);
        hung.countDown();
        waiter.wake();
        interrupted.get(1, TimeUnit.MINUTES);

        children.awaitLook(waiter);
        children.ended.put(78L, 0);
        assertEquals(
                new ExitStatus.Exited(0),
                waiter.expect(new ProcessIdentity(78, 346), true)
                        .get(1, TimeUnit.MINUTES)
                        .status());
    }

    @Test
    void failsWhatIsLeftWhenItsThreadEnds() throws Exception {
        zombieOf(SELF);
        children.isBroken = true;

        ZreapException e = failure(patient().expect(ZOMBIE, true));

        assertTrue(e.getMessage().contains("closed before process 77@345 came to it"), e.getMessage());
        assertThrows(IllegalStateException.class, () -> waiter.expect(ZOMBIE, true));
    }

    @Test
    void leavesWhatIsHeldUntilItIsReleasedAsOften() throws Exception {
        zombieOf(10);
        CompletableFuture<Ending> ending = patient().expect(ZOMBIE, false);
        children.awaitLook(waiter);
        waiter.hold(List.of(ZOMBIE, ZOMBIE));
        zombieOf(SELF);
        children.ended.put(77L, 0);
        waiter.release(List.of(ZOMBIE));
        children.awaitLook(waiter);
        assertEquals(List.of(), children.asked);

        waiter.release(List.of(ZOMBIE));

        assertEquals(new ExitStatus.Exited(0), ending.get(1, TimeUnit.MINUTES).status());
    }

    @Test
    void waitsForSuspectsThatHaveComeAndForgetsTheOthers() throws Exception {
        ProcessIdentity other = new ProcessIdentity(78, 346);
        zombieOf(SELF);
        tree().process(78).start(346).zombieOf(10, 0).write();
        children.ended.put(77L, 0);
        patient().suspect(List.of(ZOMBIE, other));
        children.awaitLook(waiter);

        tree().process(78).start(346).zombieOf(SELF, 0).write();
        waiter.wake();
        children.awaitLook(waiter);

        assertEquals(List.of(77L), children.asked);
    }

    @Test
    void looksAtSuspectsAtOnce() throws Exception {
        zombieOf(SELF);
        children.ended.put(77L, 0);

        patient().suspect(List.of(ZOMBIE));

        assertTrue(children.taken.await(1, TimeUnit.MINUTES));
    }

    /** What is held is not forgotten, so the suspect is still there when it becomes expected. */
    @Test
    void keepsWhatIsExpectedAfterItWasSuspected() throws Exception {
        zombieOf(10);
        patient().hold(List.of(ZOMBIE));
        waiter.suspect(List.of(ZOMBIE));
        CompletableFuture<Ending> ending = waiter.expect(ZOMBIE, false);
        waiter.release(List.of(ZOMBIE));
        children.awaitLook(waiter);

        assertIsWaitedForWhenItComes(ending);
    }

    @Test
    void keepsSuspectsThatAreExpected() throws Exception {
        zombieOf(10);
        CompletableFuture<Ending> ending = patient().expect(ZOMBIE, false);
        waiter.suspect(List.of(ZOMBIE));
        children.awaitLook(waiter);

        assertIsWaitedForWhenItComes(ending);
    }

    @Test
    void keepsWaitingForWhatIsHidden() throws Exception {
        children.hidden = Set.of(77L);
        CompletableFuture<Ending> ending = patient().expect(ZOMBIE, false);
        children.awaitLook(waiter);
        assertFalse(ending.isDone());

        children.hidden = Set.of();
        waiter.wake();

        assertTrue(failure(ending).getMessage().startsWith("somebody else has waited for process 77@345"));
    }

    @Test
    void keepsAnInterruptAtClose() {
        patient();

        Thread.currentThread().interrupt();
        waiter.close();

        assertTrue(Thread.interrupted());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void keepsNoJvmAlive() {
        patient();

        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("zreap-adopter"))
                .allMatch(Thread::isDaemon));
    }

    private ChildWaiter patient() {
        waiter = waiter(Duration.ofHours(1));
        return waiter;
    }

    private ChildWaiter waiter(Duration pollInterval) {
        return new ChildWaiter(children, new ProcFs(root), children.client(root).verification(), SELF, pollInterval);
    }

    private ProcTree tree() {
        return new ProcTree(root);
    }

    /** In one step, as the kernel would have it. */
    private void assertIsWaitedForWhenItComes(CompletableFuture<Ending> ending) throws Exception {
        zombieOf(SELF);
        children.ended.put(77L, 0);
        waiter.wake();

        assertEquals(new ExitStatus.Exited(0), ending.get(1, TimeUnit.MINUTES).status());
    }

    private void zombieOf(long parent) throws IOException {
        Path elsewhere = root.resolve("next");
        new ProcTree(elsewhere).process(77).start(345).zombieOf(parent, 0).write();
        Path stat = root.resolve("77/stat");
        PathUtils.createParentDirectories(stat);
        Files.move(elsewhere.resolve("77/stat"), stat, StandardCopyOption.ATOMIC_MOVE);
        PathUtils.deleteDirectory(elsewhere);
    }

    private static ZreapException failure(CompletableFuture<?> future) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> future.get(1, TimeUnit.MINUTES));
        return assertInstanceOf(ZreapException.class, e.getCause());
    }

    /** What the kernel knows of the children of this process. */
    private static final class Children extends FakeModule {

        private static final int PIDFD = 999;

        private final Map<Long, Integer> ended = new ConcurrentHashMap<>();
        private final List<Long> asked = new ArrayList<>();
        private volatile int errno;
        private volatile boolean isBroken;
        private volatile Set<Long> hidden = Set.of();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private final CountDownLatch taken = new CountDownLatch(1);

        @Override
        public Optional<Waited> waitNow(long pid) throws ErrnoException {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (isBroken) {
                throw new LinkageError("no wait4, for a test");
            }
            if (errno != 0) {
                throw new ErrnoException("wait4", errno);
            }
            asked.add(pid);
            Optional<Integer> end = Optional.ofNullable(ended.remove(pid));
            end.ifPresent(status -> taken.countDown());
            return end.map(status -> new Waited(status, 1, 2, 3));
        }

        @Override
        public int pidfdOpen(long pid) throws ErrnoException {
            return hidden.contains(pid) ? PIDFD : super.pidfdOpen(pid);
        }

        @Override
        public void pidfdSendSignal(int pidfd, int signal) {
            assertEquals(PIDFD, pidfd);
        }

        /** Returns when the waiter has looked at all that it expects by now. */
        private void awaitLook(ChildWaiter waiter) throws Exception {
            // What it expects last it looks at last; this one is gone at the first look.
            ProcessIdentity gone = new ProcessIdentity(4_000_000, 1);
            assertThrows(
                    ExecutionException.class, () -> waiter.expect(gone, false).get(1, TimeUnit.MINUTES));
        }
    }
}
