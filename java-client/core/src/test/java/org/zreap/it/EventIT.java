// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.zreap.ModuleMissingException;
import org.zreap.ProcessIdentity;
import org.zreap.ReapOptions;
import org.zreap.ReapResult;
import org.zreap.Request;
import org.zreap.Target;
import org.zreap.Zombie;
import org.zreap.ZreapException;
import org.zreap.event.EventListener;
import org.zreap.event.EventSubscription;
import org.zreap.event.ResultEvent;
import org.zreap.internal.proc.ProcFs;
import org.zreap.module.KernelModule;

class EventIT extends WithZreap {

    private final BlockingQueue<ResultEvent> results = new LinkedBlockingQueue<>();

    @Test
    void hearsOfEveryResult() throws InterruptedException {
        try (EventSubscription events = EventSubscription.open(results::add);
                LivingParent parent = LivingParent.ofExits(100)) {
            List<Zombie> zombies = parent.zombies(100);
            Instant before = Instant.now().minus(Duration.ofSeconds(1));

            List<ReapResult> told = zreap.reap(zombies);

            Set<ReapResult> heard = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                ResultEvent event = results.take();
                assertEquals("reap", event.verb());
                assertEquals(OptionalLong.of(ProcessHandle.current().pid()), event.callerPid());
                assertEquals(OptionalLong.of(0), event.callerUid());
                assertTrue(event.time().isAfter(before), event::toString);
                heard.add(event.result());
            }
            assertEquals(Set.copyOf(told), heard);
            events.close();
        }
    }

    @Test
    void hearsOfRefusalsAndOtherVerbs() throws InterruptedException {
        try (EventSubscription events = EventSubscription.open(results::add);
                LivingParent parent = LivingParent.of("exit 7")) {
            zreap.send(Request.release(List.of(Target.ofPid(parent.pid())), ReapOptions.defaults()))
                    .get(0);
            zreap.adopt(parent.zombie());

            assertInstanceOf(ReapResult.Alive.class, results.take().result());
            ResultEvent adopted = results.take();
            assertEquals("adopt", adopted.verb());
            assertEquals(OptionalLong.of(1), adopted.result().process().adopter());
            events.close();
        }
    }

    @Test
    void hearsOnAfterSignals() throws Exception {
        try (EventSubscription events = EventSubscription.open(results::add);
                ThreadSignals signals = ThreadSignals.open();
                LivingParent parent = LivingParent.of("exit 7")) {
            ProcFs threads = new ProcFs(Path.of("/proc/self/task"));
            long listening = Await.value(
                    "the thread",
                    () -> threads.pids()
                            .boxed()
                            .filter(tid -> threads.stat(tid)
                                    .filter(stat -> stat.name().toString().startsWith("zreap-events"))
                                    .isPresent())
                            .findFirst());
            for (int i = 0; i < 20; i++) {
                signals.interrupt(listening);
            }

            zreap.reap(parent.zombie());

            assertEquals("reaped", results.take().result().word());
            events.close();
        }
    }

    @Test
    void tellsThatItWasTooSlow() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CompletableFuture<Boolean> lost = new CompletableFuture<>();
        EventListener slow = new EventListener() {
            @Override
            public void onResult(ResultEvent event) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public void onLost() {
                lost.complete(true);
            }
        };
        List<Target> nobody = Collections.nCopies(50_000, new ProcessIdentity(Target.MAX_PID, 1));
        try (EventSubscription events = EventSubscription.open(slow)) {
            zreap.reap(nobody);
            released.countDown();

            assertTrue(lost.get(1, TimeUnit.MINUTES));
            events.close();
        }
    }

    @Test
    void endsWhenTheModuleIsUnloaded() throws Exception {
        CompletableFuture<ZreapException> end = new CompletableFuture<>();
        EventListener listener = new EventListener() {
            @Override
            public void onResult(ResultEvent event) {
                results.add(event);
            }

            @Override
            public void onEnd(ZreapException cause) {
                end.complete(cause);
            }
        };
        try (EventSubscription events = EventSubscription.open(listener)) {
            KernelModule.system().unload();
            try {
                assertInstanceOf(ModuleMissingException.class, end.get(1, TimeUnit.MINUTES));
            } finally {
                KernelModule.system().load(Map.of());
            }
            events.close();
        }
    }

    @Test
    void closesAtOnceAndLeavesNoThread() {
        for (int i = 0; i < 50; i++) {
            EventSubscription.open(results::add).close();
        }
        assertEquals(
                Set.of(),
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("zreap-events"))
                        .collect(Collectors.toSet()));
    }
}
