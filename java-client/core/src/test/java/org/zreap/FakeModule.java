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
import java.util.stream.Stream;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;

/**
 * The module's file behind the system calls: every open file keeps the rows of its last batch, as
 * the contract has it. What becomes of a target is up to the test.
 */
public class FakeModule implements Sys {

    public static final String RESULT_HEADER =
            "PID RESULT ERRNO STATUS UTIME_US STIME_US MAXRSS_KB AGE_MS THREADS TRACER PPID START PARENT COMM\n";
    static final String RECENT_HEADER = "TIME_MS VERB CALLER CALLER_UID " + RESULT_HEADER;
    static final String ZOMBIE_HEADER = "PID PPID START AGE_MS STATUS STATE SPARED UID THREADS TRACER PARENT COMM\n";

    /** What a module knew before it told so. */
    private static final String FIRST_OPTIONS = "min-age dry-run parent to signal";

    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_ADD_MEMBERSHIP = 1;

    /** As little as one read gives: a reader must come again. */
    private static final int READ_AT_MOST = 100;

    private final Map<Integer, ByteArrayInputStream> unread = new HashMap<>();
    private final List<String> writes = new ArrayList<>();
    private int nextFd = 3;
    private String zombies = ZOMBIE_HEADER;
    private String recent = RECENT_HEADER;
    private Optional<String> options = Optional.of("min-age dry-run gentle force parent to signal");
    private boolean isInSysfs = true;
    private final Map<String, String> spared = new HashMap<>();
    private final List<String> acted = new ArrayList<>();
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
    private Optional<UnaryOperator<List<byte[]>>> garbler = Optional.empty();

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
        public List<String> begin(String request) {
            passGate();
            return take(request);
        }

        @Override
        public String act(String line) {
            return FakeModule.this.act(line);
        }

        @Override
        public int errnoOfRequest(String request) {
            return errnoOf(request);
        }

        @Override
        public Optional<UnaryOperator<List<byte[]>>> garbler() {
            return garbler;
        }
    };

    public static String reapedRow(String target, int code) {
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

    /** It refuses these, by this result: children of a parent that may still wait. */
    public FakeModule sparing(String target, String word) {
        spared.put(target, word);
        return this;
    }

    /** It knows these options, and tells so. */
    public FakeModule knowing(String words) {
        this.options = Optional.of(words);
        return this;
    }

    /** It is from before there was the file that tells. */
    public FakeModule older() {
        this.options = Optional.empty();
        return this;
    }

    /** Nobody sees its folder in sysfs. */
    public FakeModule withoutSysfs() {
        this.isInSysfs = false;
        return this;
    }

    /** The targets that it has acted on. */
    synchronized List<String> acted() {
        return List.copyOf(acted);
    }

    public FakeModule remembering(String... rows) {
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

    public FakeModule failingToOpen(int errno) {
        this.openErrno = errno;
        return this;
    }

    /** The module has been unloaded and loaded again. */
    public FakeModule reloaded() {
        family++;
        return this;
    }

    /** The write fails after its targets have been dealt with. */
    public FakeModule failingToWrite(int errno) {
        this.writeErrno = errno;
        return this;
    }

    /** The write fails with nothing done. */
    public FakeModule refusing(int errno) {
        this.parses = false;
        return failingToWrite(errno);
    }

    /** Writes wait for the gate. */
    public FakeModule waitingFor(CountDownLatch gate) {
        this.gate = gate;
        return this;
    }

    /** What opens clients of this module. */
    public Zreap.Builder clientBuilder() {
        return Zreap.builder(this);
    }

    /** A client of this module. */
    public Zreap client(Path procRoot) {
        return client(procRoot, Transport.PROCFS);
    }

    Zreap client(Path procRoot, Transport transport) {
        return Zreap.builder(this).transport(transport).procRoot(procRoot).open();
    }

    /** How messages go wrong on their way. */
    public FakeModule garbling(UnaryOperator<List<byte[]>> pieces) {
        this.garbler = Optional.of(pieces);
        return this;
    }

    public List<String> writes() {
        return List.copyOf(writes);
    }

    public synchronized int openFiles() {
        return unread.size();
    }

    @Override
    public synchronized int open(String path) throws ErrnoException {
        if (path.contains("/sys/kernel/zreap/")) {
            return openInSysfs(path);
        }
        if (openErrno != 0) {
            throw new ErrnoException("open", openErrno);
        }
        unread.put(nextFd, content(path.endsWith("/zreap_recent") ? recent : zombies));
        return nextFd++;
    }

    private int openInSysfs(String path) throws ErrnoException {
        boolean isThere = isInSysfs && openErrno != Errno.ENOENT;
        Optional<String> text = path.endsWith("/options") ? options : Optional.of("0.0.9");
        if (!isThere || text.isEmpty()) {
            throw new ErrnoException("open", Errno.ENOENT);
        }
        unread.put(nextFd, content(text.get() + "\n"));
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
    public int unixDatagramSocket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void connectToUnix(int fd, byte[] name) {
        throw new UnsupportedOperationException();
    }

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
    public synchronized void push(byte[]... pieces) {
        sockets.values().forEach(socket -> List.of(pieces).forEach(socket::push));
        notifyAll();
    }

    /** The groups that were joined. */
    public synchronized Set<Integer> groups() {
        return Set.copyOf(groups);
    }

    public FakeModule failingToJoin(int errno) {
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
        StringBuilder rows = new StringBuilder();
        take(text).forEach(line -> rows.append(act(line)).append('\n'));
        unread.put(fd, content(RESULT_HEADER + rows));
        if (errnoOf(text) != 0) {
            throw new ErrnoException("write", errnoOf(text));
        }
        return bytes.length;
    }

    /** The lines of a request that is taken, which is not done yet. */
    private synchronized List<String> take(String request) {
        writes.add(request);
        return parses && knows(request) ? request.lines().toList() : List.of();
    }

    private int errnoOf(String request) {
        return knows(request) ? writeErrno : Errno.EINVAL;
    }

    private boolean knows(String request) {
        List<String> known = List.of(options.orElse(FIRST_OPTIONS).split(" "));
        return request.lines().flatMap(line -> optionsOf(line).stream()).allMatch(known::contains);
    }

    private static List<String> optionsOf(String line) {
        return Stream.of(withoutVerb(line).split(" "))
                .skip(1)
                .map(word -> word.replaceFirst("=.*", ""))
                .toList();
    }

    private static String withoutVerb(String line) {
        return line.replaceFirst("^(adopt|release) ", "");
    }

    private synchronized String act(String line) {
        String target = withoutVerb(line).split(" ", 2)[0];
        List<String> asked = optionsOf(line);
        acted.add(target);
        String reason = spared.getOrDefault(target, "");
        boolean isSpared =
                reason.equals("parent-stopped") || (reason.equals("parent-busy") && asked.contains("gentle"));
        if (isSpared && !asked.contains("force")) {
            return refusedRow(target, reason, Errno.EAGAIN);
        }
        String row = rowOfTarget.apply(target);
        return asked.contains("dry-run") ? row.replaceFirst(" (reap|release|adopt)(ed|d) ", " would-$1 ") : row;
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
