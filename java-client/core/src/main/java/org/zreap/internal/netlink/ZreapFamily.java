// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.zreap.Target;
import org.zreap.internal.wire.MalformedAnswerException;
import org.zreap.internal.wire.Order;
import org.zreap.internal.wire.Row;
import org.zreap.internal.wire.Verb;

/** The family {@code zreap}. Stateless; the numbers are those of kmod/uapi/zreap_genl.h. */
public final class ZreapFamily {

    /** Its name. */
    public static final String NAME = "zreap";
    /** The multicast group that gets every result. */
    public static final String EVENTS = "events";
    /** The protocol version of this library. */
    public static final int VERSION = 1;
    /** How many targets go into one request: about 48 KiB. */
    public static final int MAX_TARGETS = 2000;

    /** ZREAP_CMD_GET: the zombies. */
    public static final int GET = 1;
    /** ZREAP_CMD_EVENT: a result. */
    public static final int EVENT = 5;

    private static final int REAP = 2;
    private static final int ADOPT = 3;
    private static final int RELEASE = 4;

    private static final int TARGET = 1;
    private static final int MIN_AGE_MS = 3;
    private static final int TO = 5;
    private static final int SIGNAL = 6;
    private static final int DRY_RUN = 7;
    private static final int ROW = 8;
    private static final int GENTLE = 9;
    private static final int FORCE = 10;

    private static final int TARGET_PID = 1;
    private static final int TARGET_START = 2;

    /** The columns of /proc/zreap in the order of the attributes, which count from 1. */
    static final List<String> COLUMNS = List.of(
            "TIME_MS",
            "VERB",
            "CALLER",
            "CALLER_UID",
            "PID",
            "RESULT",
            "STATE",
            "ERRNO",
            "STATUS",
            "UTIME_US",
            "STIME_US",
            "MAXRSS_KB",
            "AGE_MS",
            "THREADS",
            "TRACER",
            "PPID",
            "UID",
            "START",
            "PARENT",
            "COMM",
            "ADOPTER",
            "SPARED");

    private static final Map<String, Integer> INDEX = IntStream.range(0, COLUMNS.size())
            .boxed()
            .collect(Collectors.toUnmodifiableMap(COLUMNS::get, index -> index));

    private static final Set<String> TEXTS = Set.of("VERB", "RESULT", "STATE", "SPARED", "PARENT", "COMM");

    /** As in /proc/zreap, where every other cell without a text counts as absent. */
    private static final String MAY_BE_EMPTY = "COMM";

    private ZreapFamily() {}

    /** The request for all zombies. */
    public static byte[] zombies(int family, int sequence) {
        return dump(family, sequence, GET, new AttributeWriter());
    }

    /** The request for one zombie. */
    public static byte[] zombie(int family, int sequence, Target target) {
        byte[] attributes = new AttributeWriter().nested(TARGET, parts(target)).bytes();
        return Message.encode(family, Message.REQUEST | Message.ACK, sequence, GET, VERSION, attributes);
    }

    /** The request to reap, adopt or release targets. */
    public static byte[] request(int family, int sequence, Order order, List<Target> targets) {
        AttributeWriter attributes = new AttributeWriter();
        for (Target target : targets) {
            attributes.nested(TARGET, parts(target));
        }
        if (!order.minAge().isZero()) {
            attributes.u64(MIN_AGE_MS, order.minAge().toMillis());
        }
        if (order.dryRun()) {
            attributes.flag(DRY_RUN);
        }
        if (order.gentle()) {
            attributes.flag(GENTLE);
        }
        if (order.force()) {
            attributes.flag(FORCE);
        }
        order.adopter().ifPresent(pid -> attributes.u32(TO, pid));
        order.signal().ifPresent(signal -> attributes.u32(SIGNAL, signal));
        return dump(family, sequence, command(order.verb()), attributes);
    }

    /**
     * The row in an answer or event. It leaves out attributes of newer modules.
     *
     * @throws MalformedAnswerException if there is none
     */
    public static Row row(Message message) {
        Attributes row = message.attributes()
                .nested(ROW)
                .orElseThrow(() -> new MalformedAnswerException("an answer without a row"));
        List<String> cells = new ArrayList<>(COLUMNS.size());
        for (String column : COLUMNS) {
            int attribute = cells.size() + 1;
            Optional<String> cell = TEXTS.contains(column)
                    ? row.text(attribute).filter(text -> !text.isEmpty() || column.equals(MAY_BE_EMPTY))
                    : row.number(attribute).map(String::valueOf);
            cells.add(cell.orElse(Row.ABSENT));
        }
        return Row.of(INDEX, cells);
    }

    private static AttributeWriter parts(Target target) {
        AttributeWriter parts = new AttributeWriter().u32(TARGET_PID, target.pid());
        target.start().ifPresent(start -> parts.u64(TARGET_START, start));
        return parts;
    }

    private static int command(Verb verb) {
        return switch (verb) {
            case REAP -> REAP;
            case ADOPT -> ADOPT;
            case RELEASE -> RELEASE;
        };
    }

    private static byte[] dump(int family, int sequence, int command, AttributeWriter attributes) {
        return Message.encode(family, Message.REQUEST | Message.DUMP, sequence, command, VERSION, attributes.bytes());
    }
}
