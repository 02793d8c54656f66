// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests where no thread is to be had for them: as where zombies have used up all PIDs. */
@ParameterizedClass
@EnumSource(Transport.class)
class WithoutThreadTest {

    private static final ReapOptions PATIENT =
            ReapOptions.builder().timeout(Duration.ofMinutes(1)).build();

    private static final List<ProcessIdentity> ONE = List.of(new ProcessIdentity(1, 5));

    @Parameter
    private Transport transport;

    @TempDir
    private Path proc;

    private final FakeModule module = new FakeModule();

    @AfterEach
    void everyFileIsClosed() {
        assertEquals(0, module.openFiles());
    }

    @Test
    void needsNoThread() {
        SweepOptions sweep =
                SweepOptions.builder().timeout(Duration.ofMinutes(1)).build();
        Zreap zreap = builder().executor(WithoutThreadTest::fail).open();

        assertEquals("reaped", zreap.reap(ONE, PATIENT).get(0).word());
        assertEquals(0, zreap.sweep(sweep).asked());
    }

    @Test
    void keepsTheTimeWithoutThread() {
        List<Target> targets = LongStream.range(10_000, 50_000)
                .<Target>mapToObj(pid -> new ProcessIdentity(pid, 5))
                .toList();
        AtomicInteger asked = new AtomicInteger();
        Duration timeout = Duration.ofMillis(100);
        module.answering(target -> {
            if (asked.getAndIncrement() == 0) {
                sleep(timeout);
            }
            return FakeModule.reapedRow(target, 0);
        });
        Zreap zreap = builder().executor(WithoutThreadTest::fail).open();

        ReapTimeoutException e = assertThrows(
                ReapTimeoutException.class,
                () -> zreap.reap(targets, ReapOptions.builder().timeout(timeout).build()));

        assertTrue(asked.get() < targets.size(), asked + " were asked for");
        assertEquals(asked.get(), e.completed().size());
        assertTrue(e.remedy().contains("ask for the rest"), e.remedy());
    }

    @Test
    void saysThatThereIsNoThread() {
        Zreap zreap = builder().executor(WithoutThreadTest::fail).open();

        for (ReapOptions options : List.of(ReapOptions.defaults(), PATIENT)) {
            CompletableFuture<List<ReapResult>> reaped = zreap.sendAsync(Request.reap(ONE, options));

            ExecutionException e = assertThrows(ExecutionException.class, reaped::get);
            ZreapException cause = assertInstanceOf(ZreapException.class, e.getCause());
            assertTrue(cause.remedy().contains("not asynchronous"), cause.remedy());
            assertInstanceOf(OutOfMemoryError.class, cause.getCause());
        }
        assertEquals(List.of(), module.writes());
    }

    /** As a pool with a queue does, whose threads cannot be replaced. */
    @Test
    void doesNothingTwiceWhereAnExecutorFailsAndKeepsTheTask() {
        List<Runnable> kept = new ArrayList<>();
        Executor keeping = task -> {
            kept.add(task);
            fail(task);
        };
        Zreap zreap = builder().executor(keeping).open();

        zreap.reap(ONE, PATIENT);
        zreap.sendAsync(Request.reap(List.of(new ProcessIdentity(2, 5)), PATIENT));
        kept.forEach(Runnable::run);

        assertEquals(List.of("1@5\n"), module.writes());
    }

    @Test
    void saysThatAnExecutorIsFull() {
        Zreap zreap = builder()
                .executor(task -> {
                    throw new RejectedExecutionException("full");
                })
                .open();

        assertThrows(RejectedExecutionException.class, () -> zreap.reap(ONE, PATIENT));
        assertThrows(RejectedExecutionException.class, () -> zreap.sendAsync(Request.reap(ONE, PATIENT)));
    }

    private Zreap.Builder builder() {
        return Zreap.builder(module).transport(transport).procRoot(proc);
    }

    /** What {@link Thread#start} does where there is no PID left. */
    private static void fail(Runnable task) {
        throw new OutOfMemoryError("unable to create native thread: " + task);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
