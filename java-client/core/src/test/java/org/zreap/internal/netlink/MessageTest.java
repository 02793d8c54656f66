// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.zreap.internal.wire.MalformedAnswerException;

class MessageTest {

    private static final int HEADER_BYTES = 16;

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
