// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;

/** What can go wrong with netlink messages only. */
class NetlinkTest {

    private static final List<ProcessIdentity> TARGETS =
            List.of(new ProcessIdentity(1, 5), new ProcessIdentity(2, 5), new ProcessIdentity(3, 5));

    /** A piece that makes the receiving fail with ENOBUFS. */
    private static final byte[] OVERRUN = new byte[0];

    @TempDir
    private Path proc;

    private final FakeModule module = new FakeModule();

    @AfterEach
    void everySocketIsClosed() {
        assertEquals(0, module.openFiles());
    }

    @Test
    void takesSeveralMessagesOfOnePiece() {
        garbling(pieces -> List.of(FakeFamily.join(pieces.toArray(byte[][]::new))));

        assertEquals(3, reap().size());
    }

    @Test
    void takesAPieceThatFillsTheBuffer() {
        int buffer = 64 << 10;
        garbling(pieces -> {
            byte[] answers = FakeFamily.join(pieces.toArray(byte[][]::new));
            return List.of(nothing(16), FakeFamily.join(nothing(buffer - answers.length), answers));
        });

        assertEquals(3, reap().size());
    }

    @Test
    void doesNotTakeAFailedListForAnEmptyOne() {
        module.garbling(
                pieces -> List.of(withSequence(FakeFamily.end(3, 0, Errno.ENOMEM, ""), sequence(pieces.get(0)))));

        ZreapException e = assertThrows(ZreapException.class, () -> client().zombies());

        assertEquals(OptionalInt.of(Errno.ENOMEM), e.errno());
    }

    @Test
    void leavesAnswersToOtherRequestsAlone() {
        garbling(pieces -> {
            List<byte[]> more = new ArrayList<>();
            more.add(FakeFamily.end(3, 12345, Errno.EPERM, "not yours"));
            more.add(withSequence(pieces.get(0), 12345));
            more.addAll(pieces);
            return more;
        });

        assertEquals(3, reap().size());
    }

    @Test
    void saysWhatTheKernelSaysToRefusals() {
        module.refusing(Errno.EINVAL);

        RequestRejectedException e = assertThrows(RequestRejectedException.class, this::reap);

        assertTrue(
                e.getMessage()
                        .startsWith("cannot use the netlink family zreap"
                                + " (reap: invalid argument (EINVAL), the module says why): "),
                e.getMessage());
        assertEquals(OptionalInt.of(Errno.EINVAL), e.errno());
    }

    @Test
    void saysThatTheModuleIsOnItsWayOut() {
        module.refusing(Errno.EPROTONOSUPPORT);

        ModuleMissingException e = assertThrows(ModuleMissingException.class, this::reap);

        assertEquals(OptionalInt.of(Errno.EPROTONOSUPPORT), e.errno());
        assertTrue(e.remedy().contains("unloaded"), e.remedy());
    }

    @Test
    void keepsWhatWasDoneWhereAnswersEndEarly() {
        module.failingToWrite(Errno.ENOMEM);
        garbling(pieces -> List.of(pieces.get(0), pieces.get(1), pieces.get(3)));

        ZreapException e = assertThrows(ZreapException.class, this::reap);

        assertEquals(OptionalInt.of(Errno.ENOMEM), e.errno());
        assertEquals(2, e.completed().size());
    }

    @Test
    void noticesThatAnswersAreMissing() {
        garbling(pieces -> List.of(pieces.get(0), pieces.get(3)));

        ProtocolException e = assertThrows(ProtocolException.class, this::reap);

        assertTrue(e.getMessage().contains("1 results for 3 targets"), e.getMessage());
    }

    @Test
    void saysThatAnswersWereLost() {
        garbling(pieces -> List.of(pieces.get(0), OVERRUN));

        ZreapException e = assertThrows(ZreapException.class, this::reap);

        assertEquals(OptionalInt.of(Errno.ENOBUFS), e.errno());
        assertEquals(1, e.completed().size());
        assertTrue(e.remedy().contains("/proc/zreap_recent"), e.remedy());
    }

    /** The third is acted on before the second is received. */
    @Test
    void leavesTheRestUndoneWhereItFails() {
        module.answering(target ->
                target.equals("2@5") ? FakeModule.refusedRow(target, "reaped", 0) : FakeModule.reapedRow(target, 0));
        List<ProcessIdentity> five = IntStream.rangeClosed(1, 5)
                .mapToObj(pid -> new ProcessIdentity(pid, 5))
                .toList();

        ProtocolException e = assertThrows(ProtocolException.class, () -> client().reap(five));

        assertEquals(1, e.completed().size());
        assertEquals(List.of("1@5", "2@5", "3@5"), module.acted());
    }

    @Test
    void doesNotWaitForEver() {
        garbling(pieces -> List.of(pieces.get(0)));

        assertEquals(
                OptionalInt.of(Errno.ETIMEDOUT),
                assertThrows(ZreapException.class, this::reap).errno());
    }

    @Test
    void refusesMessagesThatDoNotFit() {
        garbling(pieces -> List.of(Arrays.copyOf(pieces.get(0), 100_000)));
        assertThrows(ProtocolException.class, this::reap);
    }

    @Test
    void refusesWhatIsCutShort() {
        Set<Integer> lengths = Set.of(17, 19, 20, 24, 33, 40);
        for (int length : lengths) {
            garbling(pieces -> List.of(withLength(pieces.get(0), length)));
            assertThrows(ProtocolException.class, this::reap, () -> "cut to " + length);
            garbling(pieces -> List.of(Arrays.copyOf(pieces.get(0), length)));
            assertThrows(ProtocolException.class, this::reap, () -> "broken off at " + length);
        }
    }

    @Test
    void asksAgainAfterSignal() {
        FakeModule interrupted = new FakeModule() {

            private boolean again;

            @Override
            public Set<Integer> awaitReadable(Set<Integer> fds, int timeoutMillis) throws ErrnoException {
                again = !again;
                if (again) {
                    throw new ErrnoException("poll", Errno.EINTR);
                }
                return super.awaitReadable(fds, timeoutMillis);
            }
        };

        assertEquals(
                3, interrupted.client(proc, Transport.NETLINK).reap(TARGETS).size());
    }

    /** Without the two options the kernel gives no reason, and repeats the request in each error. */
    @Test
    void asksTheKernelForItsReasons() {
        List<String> calls = new ArrayList<>();
        FakeModule recording = new FakeModule() {

            @Override
            public synchronized void setSocketOption(int fd, int level, int option, int value) {
                calls.add("option " + level + " " + option + " " + value);
            }

            @Override
            public void connectToKernel(int fd) {
                calls.add("connect");
            }
        };

        recording.client(proc, Transport.NETLINK).reap(TARGETS);

        assertEquals(List.of("option 270 11 1", "option 270 10 1", "connect"), calls.subList(0, 3));
    }

    @Test
    void closesASocketThatCannotBeSetUp() {
        FakeModule full = new FakeModule() {

            @Override
            public synchronized void setSocketOption(int fd, int level, int option, int value) throws ErrnoException {
                throw new ErrnoException("setsockopt", Errno.ENOBUFS);
            }
        };

        assertThrows(ZreapException.class, () -> full.client(proc, Transport.NETLINK));
        assertEquals(0, full.openFiles());
    }

    @Test
    void noticesARequestThatIsNotTakenWhole() {
        FakeModule hasty = new FakeModule() {

            @Override
            public int send(int fd, byte[] message) throws ErrnoException {
                return super.send(fd, message) - (message.length == 92 ? 1 : 0);
            }
        };
        Zreap client = hasty.client(proc, Transport.NETLINK);

        ProtocolException e = assertThrows(ProtocolException.class, () -> client.reap(TARGETS));

        assertTrue(e.getMessage().contains("91 bytes of 92 were taken"), e.getMessage());
    }

    @Test
    void cutsRequestsThatAreTooBig() {
        List<ProcessIdentity> many = IntStream.rangeClosed(1, 4001)
                .mapToObj(pid -> new ProcessIdentity(pid, Long.MAX_VALUE))
                .toList();

        assertEquals(4001, client().reap(many).size());
        assertEquals(3, module.writes().size());
    }

    @Test
    void saysWhereTheFamilyIs() {
        module.failingToOpen(Errno.ENOENT);

        Availability.Unavailable no = assertInstanceOf(
                Availability.Unavailable.class,
                Zreap.builder(module).transport(Transport.NETLINK).availability());

        assertEquals(Availability.Reason.MODULE_MISSING, no.reason());
        assertTrue(no.cause().remedy().contains("initial network"), no.cause().remedy());
    }

    private void garbling(UnaryOperator<List<byte[]>> pieces) {
        module.garbling(answers -> answers.size() == TARGETS.size() + 1 ? pieces.apply(answers) : answers);
    }

    private List<ReapResult> reap() {
        return client().reap(TARGETS);
    }

    private Zreap client() {
        return module.client(proc, Transport.NETLINK);
    }

    private static byte[] nothing(int bytes) {
        return FakeFamily.message(1, 0, 0, new byte[bytes - 16]);
    }

    private static int sequence(byte[] message) {
        return ByteBuffer.wrap(message).order(ByteOrder.nativeOrder()).getInt(8);
    }

    private static byte[] withSequence(byte[] message, int sequence) {
        byte[] copy = message.clone();
        ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder()).putInt(8, sequence);
        return copy;
    }

    private static byte[] withLength(byte[] message, int length) {
        byte[] copy = Arrays.copyOf(message, length);
        ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder()).putInt(0, length);
        return copy;
    }
}
