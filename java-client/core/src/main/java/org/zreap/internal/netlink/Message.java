// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.zreap.internal.wire.MalformedAnswerException;

/**
 * A netlink message.
 *
 * <p>Immutable and so thread-safe, if no other code changes the parsed bytes.
 *
 * @param type the number of a family, or one of the constants
 * @param flags its NLM_F flags
 * @param sequence the number of the request that it belongs to
 * @param payload the bytes after its header
 */
public record Message(int type, int flags, int sequence, ByteBuffer payload) {

    /** NLMSG_NOOP: an empty message; the reader skips it. */
    public static final int NOOP = 1;
    /** NLMSG_ERROR: an errno, or 0 as an acknowledgement. */
    public static final int ERROR = 2;
    /** NLMSG_DONE: there are no more answers. */
    public static final int DONE = 3;

    /** NLM_F_REQUEST. */
    public static final int REQUEST = 1;
    /** NLM_F_ACK: the kernel always answers with {@link #ERROR}. */
    public static final int ACK = 4;
    /** NLM_F_DUMP: the kernel answers with many messages and {@link #DONE}. */
    public static final int DUMP = 0x300;

    /** NLM_F_CAPPED: the error repeats only the header of the request. */
    private static final int CAPPED = 0x100;
    /** NLM_F_ACK_TLVS: attributes follow the errno. */
    private static final int HAS_ATTRIBUTES = 0x200;

    private static final int HEADER_BYTES = 16;
    /** The length of command, version and two reserved bytes. */
    private static final int GENERIC_HEADER_BYTES = 4;
    /** NLMSGERR_ATTR_MSG. */
    private static final int REASON = 1;

    /**
     * A message to a generic netlink family.
     *
     * @return its bytes
     */
    public static byte[] encode(int type, int flags, int sequence, int command, int version, byte[] attributes) {
        return ByteBuffer.allocate(HEADER_BYTES + GENERIC_HEADER_BYTES + attributes.length)
                .order(ByteOrder.nativeOrder())
                .putInt(HEADER_BYTES + GENERIC_HEADER_BYTES + attributes.length)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(0)
                .put((byte) command)
                .put((byte) version)
                .putShort((short) 0)
                .put(attributes)
                .array();
    }

    /**
     * Parses the messages of one receive.
     *
     * @throws MalformedAnswerException if a message is cut short
     */
    public static List<Message> parse(ByteBuffer piece) {
        List<Message> messages = new ArrayList<>();
        ByteBuffer rest = piece.duplicate().order(ByteOrder.nativeOrder());
        while (rest.remaining() >= HEADER_BYTES) {
            int start = rest.position();
            int length = rest.getInt();
            int type = Short.toUnsignedInt(rest.getShort());
            int flags = Short.toUnsignedInt(rest.getShort());
            int sequence = rest.getInt();
            if (length < HEADER_BYTES || length > rest.limit() - start) {
                throw new MalformedAnswerException("a message of " + length + " bytes");
            }
            messages.add(new Message(type, flags, sequence, rest.slice(start + HEADER_BYTES, length - HEADER_BYTES)));
            rest.position(Math.min(start + Attributes.aligned(length), rest.limit()));
        }
        return messages;
    }

    /**
     * The command of a message to or from a generic netlink family.
     *
     * @throws MalformedAnswerException if it is too short
     */
    public int command() {
        return Byte.toUnsignedInt(part(0, GENERIC_HEADER_BYTES).get());
    }

    /**
     * The attributes of a message to or from a generic netlink family.
     *
     * @throws MalformedAnswerException if they are cut short
     */
    public Attributes attributes() {
        return Attributes.parse(from(GENERIC_HEADER_BYTES));
    }

    /**
     * The errno of a message that ends answers.
     *
     * @return 0 for success
     * @throws MalformedAnswerException if it is too short
     */
    public int errno() {
        return -part(0, Integer.BYTES).getInt();
    }

    /**
     * The kernel's text for the errno.
     *
     * @throws MalformedAnswerException if it is cut short
     */
    public Optional<String> reason() {
        if ((flags & HAS_ATTRIBUTES) == 0) {
            return Optional.empty();
        }
        int skipped = Integer.BYTES;
        if (type == ERROR) {
            boolean capped = (flags & CAPPED) != 0;
            skipped += capped
                    ? HEADER_BYTES
                    : Attributes.aligned(part(Integer.BYTES, Integer.BYTES).getInt());
        }
        return Attributes.parse(from(skipped)).text(REASON);
    }

    private ByteBuffer from(int start) {
        return part(start, payload.remaining() - start);
    }

    private ByteBuffer part(int start, int length) {
        if (start < 0 || length < 0 || start + length > payload.remaining()) {
            throw new MalformedAnswerException("a message of " + payload.remaining() + " bytes behind its header");
        }
        return payload.slice(payload.position() + start, length).order(ByteOrder.nativeOrder());
    }
}
