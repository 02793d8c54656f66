// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.zreap.internal.netlink.ControlFamily;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;

/** Against the running kernel, which has the family of families in any case. */
class NetlinkSocketTest {

    @Test
    void looksUpFamilies() throws ErrnoException {
        try (NetlinkSocket socket = NetlinkSocket.open(Sys.linux())) {
            socket.reserve(1 << 20);
            ControlFamily.Numbers control = socket.family("nlctrl");

            assertEquals(ControlFamily.ID, control.id());
            assertTrue(control.groups().containsKey("notify"), control::toString);
            assertEquals(
                    Errno.ENOENT,
                    assertThrows(ErrnoException.class, () -> socket.family("no-such-family"))
                            .errno());
            assertEquals(control, socket.family("nlctrl"));
        }
    }

    @Test
    void passesOnWhatTheKernelSays() throws ErrnoException {
        try (NetlinkSocket socket = NetlinkSocket.open(Sys.linux())) {
            ErrnoException e = assertThrows(
                    ErrnoException.class, () -> socket.family("a name that is longer than any family may have"));

            assertTrue(e.getMessage().startsWith("look up a name"), e.getMessage());
            assertTrue(e.getMessage().contains("), "), e.getMessage());
        }
    }
}
