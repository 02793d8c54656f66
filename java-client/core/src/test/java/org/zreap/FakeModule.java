// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;

/**
 * The module's file behind the system calls: every open file keeps the rows of its last batch, as the contract has it.
 * What becomes of a target is up to the test.
 */
public class FakeModule implements Sys {

    static final String RESULT_HEADER =
            "PID RESULT ERRNO STATUS UTIME_US STIME_US MAXRSS_KB AGE_MS THREADS TRACER PPID START PARENT COMM\n";
    static final String RECENT_HEADER = "TIME_MS VERB CALLER CALLER_UID " + RESULT_HEADER;
    static final String ZOMBIE_HEADER = "PID PPID START AGE_MS STATUS STATE UID THREADS TRACER PARENT COMM\n";

    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_ADD_MEMBERSHIP = 1;

    /** As little as one read gives: a reader must come again. */
    private static final int READ_AT_MOST = 100;

    private final Map<Integer, ByteArrayInputStream> unread = new HashMap<>();
    private final List<String> writes = new ArrayList<>();
    private int nextFd = 3;
    private String zombies = ZOMBIE_HEADER;
    private String recent = RECENT_HEADER;
    private Function<String, String> rowOfTarget = target -> reapedRow(target, 0);
    private int openErrno;
    private int readErrno;
    private int writeErrno;
    private boolean parses = true;
    private CountDownLatch gate = new CountDownLatch(0);

    private final Map<Integer, FakeFamily> sockets = new HashMap<>();
    private final Set<Integer> alarms = new HashSet<>();
    private final Set<Integer> groups = new HashSet<>();
    private int joinErrno;
    private int family = FakeFamily.FAMILY;
    private int version = 1;
    private UnaryOperator<List<byte[]>> garbler = UnaryOperator.identity();

    /** What the netlink family does, in the words of the file. */
    private final FakeFamily.Module netlink = new FakeFamily.Module() {

        @Override
        public int errnoOfLookup() {
            return openErrno;
        }

        @Override
        public int family() {
            return family;
        }

        @Override
        public int version() {
            return version;
        }

        @Override
        public int errnoOfGet() {
            return readErrno == 0 ? Errno.ESRCH : readErrno;
        }

        @Override
        public String zombies() {
            return zombies;
        }

        @Override
        public String results(String request) {
            passGate();
            return RESULT_HEADER + answer(request);
        }

        @Override
        public int errnoOfRequest() {
            return writeErrno;
        }

        @Override
        public List<byte[]> garbled(List<byte[]> pieces) {
            return garbler.apply(pieces);
        }
    };

    static String reapedRow(String target, int code) {
        String[] parts = target.split("@", -1);
        String start = parts.length > 1 ? parts[1] : "1000";
        return parts[0] + " reaped 0 " + (code << 8) + " 10 20 30 4000 0 - 10 " + start + " parent child";
    }

    static String refusedRow(String target, String word, int errno) {
        return target.split("@", -1)[0] + " " + word + " " + errno + " - - - - - - - - - - -";
    }

    public FakeModule answering(Function<String, String> row) {
        this.rowOfTarget = row;
        return this;
    }

    public FakeModule listing(String... rows) {
        this.zombies = ZOMBIE_HEADER + String.join("\n", rows) + "\n";
        return this;
    }

    FakeModule remembering(String... rows) {
        this.recent = RECENT_HEADER + String.join("\n", rows) + "\n";
        return this;
    }

    /** The module has no state of zombies, and messages of another version. */
    FakeModule ofAnotherProtocol() {
        this.zombies = ZOMBIE_HEADER.replace(" STATE", "");
        this.version = 2;
        return this;
    }

    /** The file and the family are there, and tell nothing of zombies. */
    FakeModule failingToTell(int errno) {
        this.readErrno = errno;
        return this;
    }

    FakeModule failingToOpen(int errno) {
        this.openErrno = errno;
        return this;
    }

    /** The module has been unloaded and loaded again. */
    FakeModule reloaded() {
        family++;
        return this;
    }

    /** The write fails after its targets have been dealt with. */
    FakeModule failingToWrite(int errno) {
        this.writeErrno = errno;
        return this;
    }

    /** The write fails with nothing done. */
    FakeModule refusing(int errno) {
        this.parses = false;
        return failingToWrite(errno);
    }

    /** Writes wait for the gate. */
    FakeModule waitingFor(CountDownLatch gate) {
        this.gate = gate;
        return this;
    }

    /** A client of this module. */
    public Zreap client(Path procRoot) {
        return client(procRoot, Transport.PROCFS);
    }

    Zreap client(Path procRoot, Transport transport) {
        return Zreap.builder(this).transport(transport).procRoot(procRoot).open();
    }

    /** How messages go wrong on their way. */
    FakeModule garbling(UnaryOperator<List<byte[]>> pieces) {
        this.garbler = pieces;
        return this;
    }

    public List<String> writes() {
        return List.copyOf(writes);
    }

    synchronized int openFiles() {
        return unread.size();
    }

    @Override
    public synchronized int open(String path) throws ErrnoException {
        if (openErrno != 0) {
            throw new ErrnoException("open", openErrno);
        }
        unread.put(nextFd, content(path.endsWith("/zreap_recent") ? recent : zombies));
        return nextFd++;
    }

    @Override
    public synchronized int read(int fd, byte[] buffer) throws ErrnoException {
        if (readErrno != 0) {
            throw new ErrnoException("read", readErrno);
        }
        int n = unread.get(fd).read(buffer, 0, Math.min(READ_AT_MOST, buffer.length));
        return Math.max(n, 0);
    }

    @Override
    public int write(int fd, byte[] bytes) throws ErrnoException {
        if (bytes.length == Long.BYTES && bytes[bytes.length - 1] != '\n') {
            return ring(fd);
        }
        passGate();
        return dealWith(fd, bytes);
    }

    @Override
    public synchronized int netlinkSocket(int protocol) throws ErrnoException {
        int fd = nextFd++;
        unread.put(fd, content(""));
        sockets.put(fd, new FakeFamily(netlink));
        return fd;
    }

    @Override
    public synchronized void setSocketOption(int fd, int level, int option, int value) throws ErrnoException {
        if (level == SOL_NETLINK && option == NETLINK_ADD_MEMBERSHIP) {
            if (joinErrno != 0 && value == FakeFamily.EVENTS) {
                throw new ErrnoException("setsockopt", joinErrno);
            }
            groups.add(value);
        }
    }

    @Override
    public void connectToKernel(int fd) {}

    @Override
    public int send(int fd, byte[] message) throws ErrnoException {
        return socket(fd).take(message);
    }

    @Override
    public int receive(int fd, byte[] buffer) throws ErrnoException {
        return socket(fd).give(buffer);
    }

    @Override
    public synchronized Set<Integer> awaitReadable(Set<Integer> fds, int timeoutMillis) throws ErrnoException {
        while (true) {
            Set<Integer> readable = fds.stream()
                    .filter(fd -> alarms.contains(fd)
                            || (sockets.containsKey(fd) && socket(fd).hasMore()))
                    .collect(Collectors.toSet());
            if (!readable.isEmpty() || timeoutMillis >= 0) {
                return readable;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                throw new ErrnoException("poll", Errno.EINTR);
            }
        }
    }

    @Override
    public Optional<Waited> waitNow(long pid) throws ErrnoException {
        return Optional.of(new Waited(7 << 8, 1, 2, 3));
    }

    @Override
    public synchronized int eventfd() {
        unread.put(nextFd, content(""));
        return nextFd++;
    }

    /** Sends something to every socket that nobody asked for, all of it at once. */
    synchronized void push(byte[]... pieces) {
        sockets.values().forEach(socket -> List.of(pieces).forEach(socket::push));
        notifyAll();
    }

    /** The groups that were joined. */
    synchronized Set<Integer> groups() {
        return Set.copyOf(groups);
    }

    FakeModule failingToJoin(int errno) {
        this.joinErrno = errno;
        return this;
    }

    private synchronized FakeFamily socket(int fd) {
        return sockets.get(fd);
    }

    private synchronized int ring(int alarm) {
        alarms.add(alarm);
        notifyAll();
        return Long.BYTES;
    }

    private synchronized int dealWith(int fd, byte[] bytes) throws ErrnoException {
        String text = new String(bytes, StandardCharsets.US_ASCII);
        unread.put(fd, content(RESULT_HEADER + answer(text)));
        if (writeErrno != 0) {
            throw new ErrnoException("write", writeErrno);
        }
        return bytes.length;
    }

    private synchronized String answer(String text) {
        writes.add(text);
        StringBuilder rows = new StringBuilder();
        if (parses) {
            text.lines()
                    .map(line -> line.replaceFirst("^(adopt|release) ", "").split(" ", 2)[0])
                    .forEach(target -> rows.append(rowOfTarget.apply(target)).append('\n'));
        }
        return rows.toString();
    }

    private void passGate() {
        boolean interrupted = false;
        while (true) {
            try {
                gate.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // as in the kernel, where only a kill ends the wait
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close(int fd) {
        unread.remove(fd);
        sockets.remove(fd);
    }

    @Override
    public int pidfdOpen(long pid) throws ErrnoException {
        throw new ErrnoException("pidfd_open", Errno.ESRCH);
    }

    @Override
    public void pidfdSendSignal(int pidfd, int signal) throws ErrnoException {
        throw new AssertionError("no pidfd was opened");
    }

    @Override
    public int openForReading(String path) throws ErrnoException {
        return open(path);
    }

    @Override
    public void finitModule(int fd, String parameters, int flags) throws ErrnoException {
        throw new AssertionError("nothing is to be loaded");
    }

    @Override
    public void deleteModule(String name) throws ErrnoException {
        throw new AssertionError("nothing is to be unloaded");
    }

    @Override
    public void kill(long pid, int signal) throws ErrnoException {
        throw new AssertionError("nobody is to be signalled");
    }

    private static ByteArrayInputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
