// SPDX-License-Identifier: Apache-2.0
package org.zreap.cookbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.zreap.ExitStatus;
import org.zreap.ReapReport;
import org.zreap.ReapResult;
import org.zreap.SweepOptions;
import org.zreap.Zombie;
import org.zreap.Zreap;
import org.zreap.event.EventSubscription;
import org.zreap.it.Await;
import org.zreap.it.LivingParent;

/** Runs every example. */
class CookbookIT {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    @Test
    void reapOne() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            long pid = parent.zombie().pid();

            assertEquals("it exited 7", Examples.reapOne(pid));
            assertEquals("there is nothing to do", Examples.reapOne(pid));
            assertEquals("it stays: it is alive", Examples.reapOne(parent.pid()));
        }
    }

    @Test
    void sweep() {
        try (LivingParent parent = LivingParent.ofExits(5);
                LivingParent precious = LivingParent.of("exit 0")) {
            parent.zombies(5);
            precious.zombie();

            ReapReport report = Examples.sweep(Duration.ZERO, precious.pid());

            assertTrue(report.done().size() >= 5, report::toString);
            assertEquals(1, precious.zombies().size());
        }
    }

    @Test
    void reapThoughTheParentIsStopped() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();
            parent.stop();

            assertTrue(Examples.reapOne(zombie.pid()).startsWith("it stays: its parent is stopped"));
            List<ReapResult> results = Examples.reapThoughTheParentIsStopped(List.of(zombie));

            assertEquals("reaped", results.get(0).word());
        }
    }

    @Test
    void whatWouldHappen() {
        try (LivingParent parent = LivingParent.of("exit 0")) {
            List<String> lines = Examples.whatWouldHappen(List.of(parent.zombie()));

            assertTrue(lines.get(0).endsWith("would be reaped"), lines::toString);
        }
    }

    @Test
    void explain() {
        try (LivingParent parent = LivingParent.of("exit 0")) {
            Examples.explain(parent.zombie().pid(), out);

            assertTrue(text().contains("has not waited for this one"), this::text);
        }
    }

    @Test
    void gently() {
        try (Zreap zreap = Zreap.open();
                LivingParent parent = LivingParent.handlingSigchldTooLate()) {
            assertTrue(Examples.gently(zreap, parent.zombie()).gone());
        }
    }

    @Test
    void handToInit() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            List<String> lines = Examples.handToInit(List.of(parent.zombie()));

            assertTrue(lines.get(0).endsWith("handed to process 1, exited 7"), lines::toString);
        }
    }

    @Test
    void adoptHere() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            assertEquals("exited 7", Examples.adoptHere(parent.zombie()).toString());
        }
    }

    @Test
    void listen() {
        try (LivingParent parent = LivingParent.of("exit 7");
                EventSubscription events = Examples.listen(out)) {
            Examples.reapOne(parent.zombie().pid());

            Await.value("the event", () -> Optional.of(text()).filter(t -> t.contains(": reaped, exited 7")));
            events.close();
        }
    }

    @Test
    void statusOf() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();
            Examples.reapOne(zombie.pid());

            assertEquals(
                    Optional.of("exited 7"),
                    Examples.statusOf(zombie.identity()).map(ExitStatus::toString));
        }
    }

    @Test
    void byNetlink() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            long pid = parent.zombie().pid();

            assertTrue(Examples.byNetlink().stream().anyMatch(zombie -> zombie.pid() == pid));
        }
    }

    @Test
    void inTheBackground() throws Exception {
        CompletableFuture<ReapReport> report = new CompletableFuture<>();
        try (Zreap zreap = Zreap.open()) {
            Examples.inTheBackground(zreap, report::complete, report::completeExceptionally);

            assertEquals(List.of(), report.get(1, TimeUnit.MINUTES).stillThere());
        }
    }

    @Test
    void check() {
        try (LivingParent parent = LivingParent.ofExits(3)) {
            parent.zombies(3);

            assertEquals(0, Examples.check(1000, 2000, out));
            assertEquals(1, Examples.check(3, 2000, out));
            assertEquals(2, Examples.check(2, 3, out));
            assertTrue(text().contains("ZOMBIES CRITICAL"), this::text);
        }
    }

    @Test
    void canIReap() {
        assertEquals("yes", Examples.canIReap());
    }

    @Test
    void service() throws Exception {
        BlockingQueue<ReapReport> reports = new LinkedBlockingQueue<>();
        BlockingQueue<Throwable> troubles = new LinkedBlockingQueue<>();
        try (LivingParent parent = LivingParent.ofExits(3);
                SweeperService service = new SweeperService(
                        Zreap.open(),
                        SweepOptions.builder()
                                .minAge(Duration.ZERO)
                                .parent(parent.pid())
                                .build(),
                        reports::add,
                        troubles::add)) {
            parent.zombies(3);
            service.start(Duration.ofMillis(10));

            assertEquals(3, reports.take().done().size());
            reports.take();
        }
        assertNull(troubles.poll());
    }

    @Test
    void serviceLeavesNoThread() throws Exception {
        serve(); // the JDK keeps a thread of its own for time-outs, for good
        Set<Thread> before = threads();

        for (int i = 0; i < 5; i++) {
            serve();
        }

        Await.value("the end of its threads", () -> Optional.of(threads()).filter(before::containsAll));
    }

    private static void serve() throws InterruptedException {
        BlockingQueue<ReapReport> reports = new LinkedBlockingQueue<>();
        SweepOptions inOtherThreads =
                SweepOptions.builder().timeout(Duration.ofMinutes(1)).build();
        try (SweeperService service = new SweeperService(Zreap.open(), inOtherThreads, reports::add, trouble -> {})) {
            service.start(Duration.ofMillis(1));
            reports.take();
        }
    }

    private static Set<Thread> threads() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
