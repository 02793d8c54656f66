// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.zreap.internal.wire.MalformedAnswerException;

/**
 * Attributes of a netlink message, by type.
 *
 * <p>Immutable and so thread-safe, if no other code changes the parsed bytes.
 */
public final class Attributes {

    static final int HEADER_BYTES = 4;

    /** The upper two bits say how the value is written. */
    private static final int TYPE_MASK = 0x3fff;

    private final Map<Integer, ByteBuffer> values;

    private Attributes(Map<Integer, ByteBuffer> values) {
        this.values = values;
    }

    /**
     * Parses the bytes between position and limit.
     *
     * @throws MalformedAnswerException if an attribute is cut short
     */
    static Attributes parse(ByteBuffer content) {
        Map<Integer, ByteBuffer> values = new LinkedHashMap<>();
        ByteBuffer rest = content.duplicate().order(ByteOrder.nativeOrder());
        while (rest.remaining() >= HEADER_BYTES) {
            int start = rest.position();
            int length = Short.toUnsignedInt(rest.getShort());
            int type = rest.getShort() & TYPE_MASK;
            if (length < HEADER_BYTES || length > rest.limit() - start) {
                throw new MalformedAnswerException("an attribute of " + length + " bytes");
            }
            values.put(type, rest.slice(start + HEADER_BYTES, length - HEADER_BYTES));
            rest.position(Math.min(start + aligned(length), rest.limit()));
        }
        return new Attributes(values);
    }

    /** The length with its padding. */
    static int aligned(int length) {
        return (length + 3) & ~3;
    }

    /**
     * An unsigned number.
     *
     * @throws MalformedAnswerException if the attribute is there but is not a number, or is above
     *     {@link Long#MAX_VALUE}
     */
    public Optional<Long> number(int type) {
        return value(type).map(value -> {
            long number = switch (value.remaining()) {
                case Short.BYTES -> Short.toUnsignedLong(value.getShort());
                case Integer.BYTES -> Integer.toUnsignedLong(value.getInt());
                case Long.BYTES -> value.getLong();
                default ->
                    throw new MalformedAnswerException(
                            "attribute " + type + " is no number but " + value.remaining() + " bytes");
            };
            if (number < 0) {
                throw new MalformedAnswerException("attribute " + type + " is " + Long.toUnsignedString(number));
            }
            return number;
        });
    }

    /** A text, a byte a character, up to its NUL. */
    public Optional<String> text(int type) {
        return value(type).map(value -> {
            String text = StandardCharsets.ISO_8859_1.decode(value).toString();
            int end = text.indexOf('\0');
            return end < 0 ? text : text.substring(0, end);
        });
    }

    /**
     * The attributes inside an attribute.
     *
     * @throws MalformedAnswerException if the attribute is there but does not hold attributes
     */
    public Optional<Attributes> nested(int type) {
        return value(type).map(Attributes::parse);
    }

    /** The content of each attribute, in order. */
    public Collection<Attributes> allNested() {
        return values.values().stream().map(Attributes::parse).toList();
    }

    private Optional<ByteBuffer> value(int type) {
        return Optional.ofNullable(values.get(type))
                .map(value -> value.duplicate().order(ByteOrder.nativeOrder()));
    }
}
