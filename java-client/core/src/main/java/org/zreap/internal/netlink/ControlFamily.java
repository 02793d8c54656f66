// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.netlink;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.zreap.internal.wire.MalformedAnswerException;

/**
 * The family {@code nlctrl}, which lists the other families. Stateless; the numbers are those of
 * linux/genetlink.h.
 */
public final class ControlFamily {

    /** Its number, which is the same everywhere. */
    public static final int ID = 0x10;
    /** CTRL_CMD_GETFAMILY. */
    private static final int GET_FAMILY = 3;
    /** CTRL_CMD_DELFAMILY. */
    private static final int FAMILY_GONE = 2;

    /** Its own name. */
    public static final String NAME = "nlctrl";
    /** The multicast group that reports new and removed families. */
    public static final String NOTIFY = "notify";

    private static final int VERSION = 1;

    private static final int FAMILY_ID = 1;
    private static final int FAMILY_NAME = 2;
    private static final int FAMILY_VERSION = 3;
    private static final int GROUPS = 7;
    private static final int GROUP_NAME = 1;
    private static final int GROUP_ID = 2;

    private ControlFamily() {}

    /**
     * The numbers of a family while its module is loaded.
     *
     * @param id the type of its messages
     * @param version the version of its messages; it changes when an old reader would misread them
     * @param groups the numbers of its multicast groups, by name
     */
    public record Numbers(int id, int version, Map<String, Integer> groups) {

        /** Copies the map. */
        public Numbers {
            groups = Map.copyOf(groups);
        }
    }

    /** The request for the numbers of a family. */
    public static byte[] request(int sequence, String family) {
        byte[] attributes = new AttributeWriter().text(FAMILY_NAME, family).bytes();
        return Message.encode(ID, Message.REQUEST | Message.ACK, sequence, GET_FAMILY, VERSION, attributes);
    }

    /**
     * Reads the answer to that request.
     *
     * @throws MalformedAnswerException if the message is not such an answer
     */
    public static Numbers decode(Message answer) {
        Attributes attributes = answer.attributes();
        Map<String, Integer> groups = new LinkedHashMap<>();
        attributes
                .nested(GROUPS)
                .ifPresent(list -> list.allNested()
                        .forEach(group ->
                                groups.put(required(group.text(GROUP_NAME), "name"), number(group, GROUP_ID))));
        return new Numbers(number(attributes, FAMILY_ID), number(attributes, FAMILY_VERSION), groups);
    }

    /** Whether a message reports that a family is gone. */
    public static boolean isEnd(Message message, String family) {
        return message.type() == ID
                && message.command() == FAMILY_GONE
                && message.attributes().text(FAMILY_NAME).equals(Optional.of(family));
    }

    private static int number(Attributes attributes, int type) {
        return Math.toIntExact(required(attributes.number(type), "number"));
    }

    private static <T> T required(Optional<T> value, String what) {
        return value.orElseThrow(() -> new MalformedAnswerException("a family or group without a " + what));
    }
}
