// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;

/**
 * The kernel's end of one netlink socket. It writes and reads the bytes itself, as linux/netlink.h
 * and kmod/zreap.yaml have them, so that a mistake of the library is not made twice.
 */
public final class FakeFamily {

    /** What is behind the family. */
    interface Module {

        int errnoOfLookup();

        /** The number of the family, which is another one whenever the module is loaded. */
        int family();

        int version();

        int errnoOfGet();

        String zombies();

        /** Takes a request without acting on it; the lines to act on, none if it is refused. */
        List<String> begin(String request);

        /** Acts on the target of a line; the row of what became of it. */
        String act(String line);

        int errnoOfRequest(String request);

        /** How answers go wrong on their way; then all targets are acted on at once. */
        Optional<UnaryOperator<List<byte[]>>> garbler();
    }

    /** A request that is not answered to its end. */
    private record Unfinished(int sequence, int command, String request, Deque<String> lines) {}

    public static final int EVENTS = 9;

    static final int FAMILY = 0x23;

    private static final int NLCTRL = 0x10;
    private static final int NLMSG_NOOP = 1;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLM_F_MULTI = 2;
    private static final int NLM_F_DUMP = 0x300;
    private static final int NLM_F_CAPPED = 0x100;
    private static final int NLM_F_ACK_TLVS = 0x200;

    private static final String[] VERBS = {"", "get", "reap", "adopt", "release"};

    private static final Map<String, Integer> ROW = Map.ofEntries(
            Map.entry("TIME_MS", 1),
            Map.entry("VERB", 2),
            Map.entry("CALLER", 3),
            Map.entry("CALLER_UID", 4),
            Map.entry("PID", 5),
            Map.entry("RESULT", 6),
            Map.entry("STATE", 7),
            Map.entry("ERRNO", 8),
            Map.entry("STATUS", 9),
            Map.entry("UTIME_US", 10),
            Map.entry("STIME_US", 11),
            Map.entry("MAXRSS_KB", 12),
            Map.entry("AGE_MS", 13),
            Map.entry("THREADS", 14),
            Map.entry("TRACER", 15),
            Map.entry("PPID", 16),
            Map.entry("UID", 17),
            Map.entry("START", 18),
            Map.entry("PARENT", 19),
            Map.entry("COMM", 20),
            Map.entry("ADOPTER", 21),
            Map.entry("SPARED", 22));

    private static final List<String> TEXTS = List.of("VERB", "RESULT", "STATE", "SPARED", "PARENT", "COMM");
    private static final List<String> WIDE = List.of("TIME_MS", "UTIME_US", "STIME_US", "MAXRSS_KB", "AGE_MS", "START");

    private final Module module;
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private Optional<Unfinished> unfinished = Optional.empty();

    FakeFamily(Module module) {
        this.module = module;
    }

    synchronized boolean hasMore() {
        return !pieces.isEmpty();
    }

    synchronized int take(byte[] request) {
        ByteBuffer in = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
        if (in.getInt(0) != request.length) {
            throw new AssertionError("a length of " + in.getInt(0) + " for " + request.length + " bytes");
        }
        int type = in.getShort(4);
        int sequence = in.getInt(8);
        int command = Byte.toUnsignedInt(in.get(16));
        if (type == NLCTRL) {
            pieces.add(lookup(sequence, new String(request, 24, request.length - 24, StandardCharsets.US_ASCII)));
        } else if ((in.getShort(6) & NLM_F_DUMP) == 0) {
            pieces.add(get(in, sequence, command));
        } else if (command == 1) {
            pieces.addAll(garbled(zombies(sequence)));
        } else {
            String words = inWords(in, VERBS[command]);
            unfinished = Optional.of(new Unfinished(sequence, command, words, new ArrayDeque<>(module.begin(words))));
            goOn();
            if (!pieces.isEmpty()) {
                pieces.addFirst(join(nothing(sequence, command), pieces.removeFirst()));
            }
        }
        return request.length;
    }

    /** What the kernel may put before the first answer. */
    private static byte[] nothing(int sequence, int command) {
        return message(NLMSG_NOOP, NLM_F_MULTI, sequence, new byte[] {(byte) command, 1, 0, 0});
    }

    /**
     * As the kernel does, it has the next answer ready when a send or a receive returns, and no
     * more than that.
     */
    private void goOn() {
        if (module.garbler().isPresent()) {
            List<byte[]> answers = new ArrayList<>();
            while (unfinished.isPresent()) {
                answers.addAll(next());
            }
            pieces.addAll(garbled(answers));
        } else {
            pieces.addAll(next());
        }
    }

    private List<byte[]> next() {
        if (unfinished.isEmpty()) {
            return List.of();
        }
        Unfinished now = unfinished.get();
        if (!now.lines().isEmpty()) {
            return rows(
                    now.sequence(),
                    now.command(),
                    FakeModule.RESULT_HEADER + module.act(now.lines().remove()));
        }
        unfinished = Optional.empty();
        int errno = module.errnoOfRequest(now.request());
        return List.of(end(NLMSG_DONE, now.sequence(), errno, errno == 0 ? "" : "the module says why"));
    }

    private List<byte[]> garbled(List<byte[]> answers) {
        return answers.isEmpty()
                ? answers
                : module.garbler().map(how -> how.apply(answers)).orElse(answers);
    }

    synchronized int give(byte[] buffer) throws ErrnoException {
        byte[] piece = pieces.remove();
        goOn();
        if (piece.length == 0) {
            throw new ErrnoException("recv", Errno.ENOBUFS);
        }
        System.arraycopy(piece, 0, buffer, 0, Math.min(piece.length, buffer.length));
        return piece.length;
    }

    /** Sends something that nobody asked for. */
    synchronized void push(byte[] piece) {
        pieces.add(piece);
    }

    private byte[] lookup(int sequence, String name) {
        if (name.startsWith("nlctrl\0")) {
            return join(family(sequence, NLCTRL, 2, "notify", 16), end(NLMSG_ERROR, sequence, 0, ""));
        }
        if (module.errnoOfLookup() != 0) {
            return end(NLMSG_ERROR, sequence, module.errnoOfLookup(), "");
        }
        return join(
                family(sequence, module.family(), module.version(), "events", EVENTS),
                end(NLMSG_ERROR, sequence, 0, ""));
    }

    /** What a process is that is asked for alone: nobody, since no test asks for another. */
    private byte[] get(ByteBuffer request, int sequence, int command) {
        String target = inWords(request, VERBS[command]);
        if (command != 1 || !target.equals("get 4194304\n")) {
            throw new AssertionError(target);
        }
        return end(NLMSG_ERROR, sequence, module.errnoOfGet(), "the module says why");
    }

    private static byte[] family(int sequence, int id, int version, String group, int groupId) {
        byte[] groups = attribute(1, join(attribute(1, text(group)), attribute(2, u32(groupId))));
        return message(
                NLCTRL,
                0,
                sequence,
                join(new byte[] {1, 2, 0, 0}, attribute(1, u16(id)), attribute(3, u32(version)), attribute(7, groups)));
    }

    /** What nlctrl tells when a family has gone. */
    public static byte[] familyGone(String name) {
        return message(NLCTRL, 0, 0, join(new byte[] {2, 2, 0, 0}, attribute(2, text(name))));
    }

    /** A result that somebody got. */
    public static byte[] event(String columns, String row) {
        String[] names = columns.split(" ", -1);
        return row(0, 5, names, row.split(" ", names.length));
    }

    private List<byte[]> zombies(int sequence) {
        List<byte[]> answers = new ArrayList<>(rows(sequence, 1, module.zombies()));
        answers.add(end(NLMSG_DONE, sequence, 0, ""));
        return answers;
    }

    private static List<byte[]> rows(int sequence, int command, String table) {
        List<String> lines = table.lines().toList();
        String[] columns = lines.get(0).split(" ", -1);
        return lines.stream()
                .skip(1)
                .map(line -> row(sequence, command, columns, line.split(" ", columns.length)))
                .toList();
    }

    private static byte[] row(int sequence, int command, String[] columns, String[] cells) {
        byte[] row = new byte[0];
        for (int i = 0; i < cells.length; i++) {
            if (!cells[i].equals("-")) {
                row = join(row, attribute(ROW.get(columns[i]), value(columns[i], cells[i])));
            }
        }
        byte[] unknown = attribute(99, text("from a newer module"));
        return message(
                FAMILY,
                NLM_F_MULTI,
                sequence,
                join(new byte[] {(byte) command, 1, 0, 0}, attribute(8, join(unknown, row)), unknown));
    }

    private static byte[] value(String column, String cell) {
        if (TEXTS.contains(column)) {
            return text(cell);
        }
        return WIDE.contains(column) ? u64(Long.parseLong(cell)) : u32(Long.parseLong(cell));
    }

    /** The request as the file would take it. */
    private static String inWords(ByteBuffer request, String verb) {
        StringBuilder targets = new StringBuilder();
        StringBuilder options = new StringBuilder();
        request.position(20);
        while (request.hasRemaining()) {
            int start = request.position();
            int length = request.getShort();
            int type = request.getShort();
            switch (type) {
                case (short) 0x8001 ->
                    targets.append(target(request, start + length)).append('\n');
                case 3 -> options.append(" min-age=").append(request.getLong()).append("ms");
                case 5 -> options.append(" to=").append(request.getInt());
                case 6 -> options.append(" signal=").append(request.getInt());
                case 7 -> options.append(" dry-run");
                case 9 -> options.append(" gentle");
                case 10 -> options.append(" force");
                default -> throw new AssertionError("attribute " + type);
            }
            if (request.position() != start + length) {
                throw new AssertionError("attribute " + type + " has " + length + " bytes");
            }
            request.position(start + (length + 3) / 4 * 4);
        }
        String prefix = verb.equals("reap") ? "" : verb + " ";
        return targets.toString().replaceAll("(?m)^(.+)$", prefix + "$1" + options);
    }

    private static String target(ByteBuffer request, int end) {
        expect(request, 8, 1);
        String target = Integer.toString(request.getInt());
        if (request.position() < end) {
            expect(request, 12, 2);
            target += "@" + request.getLong();
        }
        return target;
    }

    private static void expect(ByteBuffer request, int length, int type) {
        if (request.getShort() != length || request.getShort() != type) {
            throw new AssertionError("not attribute " + type + " of " + length + " bytes");
        }
    }

    static byte[] end(int type, int sequence, int errno, String reason) {
        byte[] payload = u32(-errno);
        if (type == NLMSG_ERROR) {
            payload = join(payload, new byte[16]);
        }
        int flags = type == NLMSG_ERROR ? NLM_F_CAPPED : NLM_F_MULTI;
        if (!reason.isEmpty()) {
            payload = join(payload, attribute(1, text(reason)));
            flags |= NLM_F_ACK_TLVS;
        }
        return message(type, flags, sequence, payload);
    }

    public static byte[] message(int type, int flags, int sequence, byte[] payload) {
        return join(u32(16 + payload.length), u16(type), u16(flags), u32(sequence), u32(4711), payload);
    }

    public static byte[] attribute(int type, byte[] value) {
        byte[] whole = join(u16(4 + value.length), u16(type), value);
        return Arrays.copyOf(whole, (whole.length + 3) / 4 * 4);
    }

    public static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte[] u16(int value) {
        return bytes(2).putShort((short) value).array();
    }

    public static byte[] u32(long value) {
        return bytes(4).putInt((int) value).array();
    }

    public static byte[] u64(long value) {
        return bytes(8).putLong(value).array();
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
