// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.netlink;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes netlink attributes: length, type and value, padded to four bytes.
 *
 * <p>Not thread-safe: only one thread may use it.
 */
public final class AttributeWriter {

    /** NLA_F_NESTED: the value holds attributes. */
    private static final int NESTED = 1 << 15;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds a number of 32 bits. */
    public AttributeWriter u32(int type, long value) {
        return attribute(type, number(Integer.BYTES).putInt((int) value).array());
    }

    /** Adds a number of 64 bits. */
    public AttributeWriter u64(int type, long value) {
        return attribute(type, number(Long.BYTES).putLong(value).array());
    }

    /** Adds an attribute without a value (a flag). */
    public AttributeWriter flag(int type) {
        return attribute(type);
    }

    /** Adds a text of ASCII characters. */
    public AttributeWriter text(int type, String value) {
        return attribute(type, (value + '\0').getBytes(StandardCharsets.US_ASCII));
    }

    /** Adds an attribute that holds others. */
    public AttributeWriter nested(int type, AttributeWriter content) {
        return attribute(type | NESTED, content.bytes());
    }

    /** All of them. */
    public byte[] bytes() {
        return bytes.toByteArray();
    }

    private AttributeWriter attribute(int type, byte... value) {
        int length = Attributes.HEADER_BYTES + value.length;
        bytes.writeBytes(number(Attributes.HEADER_BYTES)
                .putShort((short) length)
                .putShort((short) type)
                .array());
        bytes.writeBytes(value);
        bytes.writeBytes(new byte[Attributes.aligned(length) - length]);
        return this;
    }

    private static ByteBuffer number(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
