// SPDX-License-Identifier: Apache-2.0
package org.zreap.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.FakeFamily;
import org.zreap.FakeModule;
import org.zreap.ModuleMissingException;
import org.zreap.PermissionException;
import org.zreap.ProtocolException;
import org.zreap.ReapResult;
import org.zreap.ZreapException;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;

class EventSubscriptionTest {

    private static final String COLUMNS = "TIME_MS VERB CALLER CALLER_UID " + FakeModule.RESULT_HEADER.strip();

    /** A piece that makes the receiving fail with ENOBUFS. */
    private static final byte[] OVERRUN = new byte[0];

    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;

    private final FakeModule module = new FakeModule();
    private final Heard heard = new Heard();

    @AfterEach
    void nothingIsLeft() {
        assertEquals(0, module.openFiles());
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("zreap-events")));
    }

    @Test
    void tellsOfResults() throws InterruptedException {
        try (EventSubscription events = EventSubscription.open(module, heard)) {
            assertEquals(Set.of(16, FakeFamily.EVENTS), module.groups());
            module.push(reaped(77));
            ResultEvent event = heard.results.take();

            assertEquals(Instant.ofEpochMilli(1795505444873L), event.time());
            assertEquals("reap", event.verb());
            assertEquals(OptionalLong.of(128), event.callerPid());
            assertEquals(OptionalLong.of(0), event.callerUid());
            assertEquals("77@5 (child): reaped, exited 1", event.result().toString());
            events.close();
        }
        assertEquals(List.of(), heard.ends);
    }

    /** A listener that is slow for a while shall lose nothing. */
    @Test
    void hasRoomForResultsThatWait() {
        assertEquals(List.of("33: 8388608"), roomOf(0));
        assertEquals(List.of("33: 8388608", "8: 8388608"), roomOf(Errno.EPERM));
        assertThrows(ZreapException.class, () -> roomOf(Errno.EINVAL));
    }

    /** The buffers that a socket asks for, where more than the limit of the system gives this errno. */
    private List<String> roomOf(int errno) {
        List<String> sizes = new ArrayList<>();
        FakeModule limited = new FakeModule() {

            @Override
            public synchronized void setSocketOption(int fd, int level, int option, int value) throws ErrnoException {
                if (level == SOL_SOCKET) {
                    sizes.add(option + ": " + value);
                }
                if (level == SOL_SOCKET && option == SO_RCVBUFFORCE && errno != 0) {
                    throw new ErrnoException("setsockopt", errno);
                }
            }
        };
        try {
            EventSubscription.open(limited, heard).close();
            return sizes;
        } finally {
            assertEquals(0, limited.openFiles());
        }
    }

    @Test
    void takesWhatItDoesNotKnowForWhatItIs() throws InterruptedException {
        try (EventSubscription events = EventSubscription.open(module, heard)) {
            module.push(FakeFamily.event(COLUMNS, "1 embalm 2 3 77 embalmed 0 - - - - - - - - 5 - child"));

            ResultEvent event = heard.results.take();
            assertEquals("embalm", event.verb());
            assertInstanceOf(ReapResult.Unknown.class, event.result());
            events.close();
        }
    }

    @Test
    void tellsThatResultsWereLost() throws InterruptedException {
        try (EventSubscription events = EventSubscription.open(module, heard)) {
            module.push(OVERRUN);
            module.push(reaped(78));

            assertEquals(78, heard.results.take().result().process().pid());
            assertEquals(1, heard.losses);
            events.close();
        }
    }

    @Test
    void endsWithTheModuleWhoseEndWasLost() throws InterruptedException {
        EventSubscription events = EventSubscription.open(module, heard);
        module.failingToOpen(Errno.ENOENT).push(OVERRUN, reaped(78));

        ZreapException cause = heard.end();
        events.close();

        assertInstanceOf(ModuleMissingException.class, cause);
        assertEquals(1, heard.losses);
        assertEquals(78, heard.results.take().result().process().pid());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Errno.EMFILE})
    void goesOnWhereTheModuleIsThereOrCannotBeLookedFor(int errno) throws InterruptedException {
        try (EventSubscription events = EventSubscription.open(module, heard)) {
            module.failingToOpen(errno).push(OVERRUN, reaped(78));
            assertEquals(78, heard.results.take().result().process().pid());
            for (int pid = 79; pid < 1079; pid++) {
                module.push(reaped(pid));
                assertEquals(pid, heard.results.take().result().process().pid());
            }
            events.close();
        }
        assertEquals(List.of(), heard.ends);
    }

    @Test
    void endsWithTheModuleThatWasReloadedUnheard() throws InterruptedException {
        EventSubscription events = EventSubscription.open(module, heard);
        module.reloaded().push(OVERRUN);

        ZreapException cause = heard.end();
        events.close();

        assertInstanceOf(ModuleMissingException.class, cause);
    }

    @Test
    void endsWithTheModule() throws InterruptedException {
        EventSubscription events = EventSubscription.open(module, heard);
        module.push(FakeFamily.familyGone("other"));
        module.push(FakeFamily.familyGone("zreap"));

        ZreapException cause = heard.end();
        events.close();
        events.close();

        assertInstanceOf(ModuleMissingException.class, cause);
        assertEquals(List.of(), List.copyOf(heard.results));
    }

    @Test
    void hearsOfWhatOtherNamespacesAskFor() throws InterruptedException {
        try (EventSubscription events = EventSubscription.open(module, heard)) {
            module.push(FakeFamily.event(COLUMNS, "1 reap 2 3 - gone 3 - - - - - - - - - - -"));
            module.push(FakeFamily.event(COLUMNS, "1 reap 2 3 - thread 22 - - - - - - - - - - -"));
            module.push(reaped(77));

            ReapResult gone = heard.results.take().result();
            assertInstanceOf(ReapResult.Gone.class, gone);
            assertEquals(0, gone.process().pid());
            assertEquals(Optional.empty(), gone.process().identity());
            assertInstanceOf(ReapResult.ThreadId.class, heard.results.take().result());
            assertEquals(77, heard.results.take().result().process().pid());
            events.close();
        }
        assertEquals(List.of(), heard.ends);
    }

    @Test
    void endsWhereEventsCannotBeRead() throws InterruptedException {
        EventSubscription events = EventSubscription.open(module, heard);
        module.push(FakeFamily.event(COLUMNS, "1 reap 2 3 77 - 0 - - - - - - - - 5 - child"));

        assertInstanceOf(ProtocolException.class, heard.end());
        events.close();
    }

    @Test
    void listenersMayFail() throws InterruptedException {
        EventListener failing = event -> {
            heard.onResult(event);
            throw new AssertionError("a listener of the test's that fails");
        };
        try (EventSubscription events = EventSubscription.open(module, failing)) {
            module.push(reaped(77));
            module.push(reaped(78));

            assertEquals(77, heard.results.take().result().process().pid());
            assertEquals(78, heard.results.take().result().process().pid());
            events.close();
        }
    }

    @Test
    void listenersMayClose() throws InterruptedException {
        List<EventSubscription> own = new ArrayList<>();
        CountDownLatch opened = new CountDownLatch(1);
        EventSubscription events = EventSubscription.open(module, event -> {
            try {
                opened.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            own.get(0).close();
            heard.onResult(event);
        });
        own.add(events);
        opened.countDown();
        module.push(FakeFamily.join(reaped(77), reaped(78)));

        assertEquals(77, heard.results.take().result().process().pid());
        events.close();
        assertEquals(0, heard.results.size());
    }

    @Test
    void closesWhereNothingComes() {
        EventSubscription.open(module, heard).close();

        assertEquals(List.of(), heard.ends);
    }

    @Test
    void keepsAnInterruptAtClose() {
        EventSubscription events = EventSubscription.open(module, heard);

        Thread.currentThread().interrupt();
        events.close();

        assertTrue(Thread.interrupted());
        events.close();
    }

    @Test
    void saysWhoMaySubscribe() {
        module.failingToJoin(Errno.EPERM);

        PermissionException e = assertThrows(PermissionException.class, () -> EventSubscription.open(module, heard));

        assertTrue(e.remedy().contains("CAP_SYS_ADMIN"), e.remedy());
    }

    @Test
    void leavesNothingOpenWhereNoThreadCanBeStarted() {
        ThreadFactory full = task -> new Thread(task) {
            @Override
            public synchronized void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };

        assertThrows(OutOfMemoryError.class, () -> EventSubscription.open(module, full, heard));
        assertEquals(0, module.openFiles());
    }

    @Test
    void saysThatThereIsNoModule() {
        module.failingToOpen(Errno.ENOENT);

        assertThrows(ModuleMissingException.class, () -> EventSubscription.open(module, heard));
    }

    private static byte[] reaped(int pid) {
        return FakeFamily.event(COLUMNS, "1795505444873 reap 128 0 " + FakeModule.reapedRow(pid + "@5", 1));
    }

    /** Keeps what it is told. */
    private static final class Heard implements EventListener {

        private final BlockingQueue<ResultEvent> results = new LinkedBlockingQueue<>();
        private final List<ZreapException> ends = new ArrayList<>();
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile int losses;

        @Override
        public void onResult(ResultEvent event) {
            results.add(event);
        }

        @Override
        public void onLost() {
            losses++;
        }

        @Override
        public void onEnd(ZreapException cause) {
            ends.add(cause);
            ended.countDown();
        }

        private ZreapException end() throws InterruptedException {
            ended.await();
            return ends.get(0);
        }
    }
}
