// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.zreap.FakeFamily.attribute;
import static org.zreap.FakeFamily.join;
import static org.zreap.FakeFamily.text;
import static org.zreap.FakeFamily.u16;
import static org.zreap.FakeFamily.u32;
import static org.zreap.FakeFamily.u64;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.zreap.CommandName;
import org.zreap.FakeFamily;
import org.zreap.internal.wire.MalformedAnswerException;
import org.zreap.internal.wire.Row;

class MessageTest {

    private static final int HEADER_BYTES = 16;
    private static final int CAPPED = 0x100;
    private static final int HAS_ATTRIBUTES = 0x200;
    private static final byte[] GENERIC_HEADER = {1, 1, 0, 0};

    @Test
    void takesMessagesOneByOne() {
        byte[] unpadded = FakeFamily.message(0x23, 2, 7, new byte[] {(byte) 200, 2, 3, 4, 5});
        byte[] end = FakeFamily.message(Message.DONE, 2, 8, u32(-110));

        List<Message> messages = Message.parse(ByteBuffer.wrap(join(unpadded, new byte[3], end)));

        assertEquals(2, messages.size());
        Message first = messages.get(0);
        assertEquals(
                List.of(0x23, 7, 200, 5), List.of(first.type(), first.sequence(), first.command(), payload(first)));
        Message second = messages.get(1);
        assertEquals(
                List.of(Message.DONE, 8, 110, 4),
                List.of(second.type(), second.sequence(), second.errno(), payload(second)));
        assertEquals(1, Message.parse(ByteBuffer.wrap(unpadded)).size());
    }

    @Test
    void takesAMessageThatIsOnlyAHeader() {
        Message end = Message.parse(ByteBuffer.wrap(FakeFamily.message(Message.NOOP, 0, 7, new byte[0])))
                .get(0);

        assertEquals(0, payload(end));
    }

    private static int payload(Message message) {
        return message.payload().remaining();
    }

    /** An error repeats the request, or its header, in front of the text. */
    @Test
    void findsTheReasonBehindWhatIsRepeated() {
        byte[] header = join(u32(23), u16(0x10), u16(1), u32(7), u32(0));
        byte[] request = join(header, new byte[8]);
        byte[] errno = u32(-2);
        byte[] reason = attribute(1, text("no such family"));

        for (Message message : List.of(
                message(Message.ERROR, HAS_ATTRIBUTES, errno, request, reason),
                message(Message.ERROR, HAS_ATTRIBUTES | CAPPED, errno, header, reason),
                message(Message.DONE, HAS_ATTRIBUTES, errno, reason))) {
            assertEquals(Optional.of("no such family"), message.reason());
        }
        assertEquals(
                Optional.empty(),
                message(Message.ERROR, CAPPED, errno, header, reason).reason());
        assertEquals(
                Optional.empty(), message(Message.DONE, HAS_ATTRIBUTES, errno).reason());
        Message broken = message(Message.ERROR, HAS_ATTRIBUTES, errno, u32(-8), reason);
        assertThrows(MalformedAnswerException.class, broken::reason);
    }

    @Test
    void readsNumbersOfEverySize() {
        Attributes attributes = attributes(
                attribute(1, u16(0xffff)), attribute(2, u32(0xffff_ffffL)), attribute(3, u64(Long.MAX_VALUE)));

        assertEquals(Optional.of(65_535L), attributes.number(1));
        assertEquals(Optional.of(4_294_967_295L), attributes.number(2));
        assertEquals(Optional.of(Long.MAX_VALUE), attributes.number(3));
        assertEquals(Optional.of(65_535L), attributes.number(1), "a second look sees the same");
        assertEquals(Optional.empty(), attributes.number(4));
    }

    @Test
    void refusesWhatIsNoNumber() {
        Attributes attributes = attributes(attribute(1, new byte[3]), attribute(2, u64(-1)), attribute(3, u64(0)));

        assertEquals(
                "attribute 1 is no number but 3 bytes",
                assertThrows(MalformedAnswerException.class, () -> attributes.number(1))
                        .problem());
        assertEquals(
                "attribute 2 is 18446744073709551615",
                assertThrows(MalformedAnswerException.class, () -> attributes.number(2))
                        .problem());
        assertEquals(Optional.of(0L), attributes.number(3));
    }

    @Test
    void readsTextsUpToTheirNul() {
        Attributes attributes = attributes(
                attribute(1, text("a b\0c")),
                attribute(2, new byte[] {'a', 'b'}),
                attribute(3, text("")),
                attribute(5, new byte[0]));

        assertEquals(Optional.of("a b"), attributes.text(1));
        assertEquals(Optional.of("ab"), attributes.text(2));
        assertEquals(Optional.of(""), attributes.text(3));
        assertEquals(Optional.empty(), attributes.text(4));
        assertEquals(Optional.of(""), attributes.text(5));
    }

    @Test
    void refusesAnAttributeThatIsCutShort() {
        byte[] first = attribute(1, u32(5));
        byte[] second = join(u16(12), u16(2), u32(6));

        assertThrows(MalformedAnswerException.class, () -> attributes(first, second));
    }

    /** As in the file, a name may be empty, and another text without a character is none. */
    @Test
    void readsTheCellsOfARow() {
        byte[] cells = join(attribute(5, u32(77)), attribute(6, text("")), attribute(20, text("")));

        Row row = ZreapFamily.row(message(0x23, 0, GENERIC_HEADER, attribute(8, cells)));

        assertEquals(77, row.requiredNumber("PID"));
        assertEquals(Optional.empty(), row.optionalText("RESULT"));
        assertEquals(Optional.of(CommandName.of("")), row.name("COMM"));
    }

    /** The upper bits of a type say how the value is written. */
    @Test
    void readsAttributesInsideOthers() {
        byte[] inner = join(attribute(1, u32(5)), attribute(2, u32(6)));
        Attributes attributes = attributes(attribute(0x8007, join(inner)), attribute(0x4003, u32(9)));

        assertEquals(Optional.of(6L), attributes.nested(7).flatMap(nested -> nested.number(2)));
        assertEquals(Optional.of(9L), attributes.number(3));
        assertEquals(Optional.empty(), attributes.nested(8).map(Attributes::allNested));
    }

    @Test
    void readsTheNumbersOfAFamily() {
        byte[] first = attribute(1, join(attribute(1, text("events")), attribute(2, u32(9))));
        byte[] second = attribute(2, join(attribute(1, text("config")), attribute(2, u32(10))));
        byte[] id = attribute(1, u16(0x23));
        byte[] version = attribute(3, u32(1));
        byte[] groups = attribute(7, join(first, second));

        assertEquals(
                new ControlFamily.Numbers(0x23, 1, Map.of("events", 9, "config", 10)),
                ControlFamily.decode(message(ControlFamily.ID, 0, GENERIC_HEADER, id, version, groups)));
        assertEquals(
                Map.of(),
                ControlFamily.decode(message(ControlFamily.ID, 0, GENERIC_HEADER, id, version))
                        .groups());
        Message withoutVersion = message(ControlFamily.ID, 0, GENERIC_HEADER, id, groups);
        assertEquals(
                "a family or group without a number",
                assertThrows(MalformedAnswerException.class, () -> ControlFamily.decode(withoutVersion))
                        .problem());
    }

    @Test
    void knowsTheEndOfAFamily() {
        byte[] name = attribute(2, text("zreap"));

        assertTrue(isEnd(message(ControlFamily.ID, 0, new byte[] {2, 2, 0, 0}, name)));
        assertFalse(isEnd(message(ControlFamily.ID, 0, new byte[] {1, 2, 0, 0}, name)));
        assertFalse(isEnd(message(0x23, 0, new byte[] {2, 2, 0, 0}, name)));
        assertFalse(isEnd(message(ControlFamily.ID, 0, new byte[] {2, 2, 0, 0}, attribute(2, text("zreap2")))));
    }

    private static boolean isEnd(Message message) {
        return ControlFamily.isEnd(message, "zreap");
    }

    private static Attributes attributes(byte[]... attributes) {
        return message(0x23, 0, GENERIC_HEADER, join(attributes)).attributes();
    }

    private static Message message(int type, int flags, byte[]... payload) {
        return Message.parse(ByteBuffer.wrap(FakeFamily.message(type, flags, 7, join(payload))))
                .get(0);
    }

    /** Noise is taken apart or refused; nothing else comes of it. */
    @Property
    void survivesAnyBytes(@ForAll byte[] noise) {
        read(noise);
    }

    /** The same behind a header that is right. */
    @Property
    void survivesAnyPayload(@ForAll byte[] noise, @ForAll @IntRange(max = 40) int type, @ForAll short flags) {
        byte[] message = ByteBuffer.allocate(HEADER_BYTES + noise.length)
                .order(ByteOrder.nativeOrder())
                .putInt(HEADER_BYTES + noise.length)
                .putShort((short) type)
                .putShort(flags)
                .putLong(0)
                .put(noise)
                .array();
        read(message);
    }

    private static void read(byte[] bytes) {
        try {
            for (Message message : Message.parse(ByteBuffer.wrap(bytes))) {
                use(message::command);
                use(message::errno);
                use(message::reason);
                use(message::attributes);
                use(() -> ControlFamily.decode(message));
                use(() -> ZreapFamily.row(message));
                use(() -> ControlFamily.isEnd(message, ZreapFamily.NAME));
            }
        } catch (MalformedAnswerException e) {
            // as it should be
        }
    }

    private static void use(Runnable part) {
        try {
            part.run();
        } catch (MalformedAnswerException e) {
            // as it should be
        }
    }
}
