// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A datagram socket of the family AF_UNIX, connected to a receiver. Java's own sockets of that family
 * are streams only.
 *
 * <p>Thread-safe, apart from {@link #close}.
 */
public final class UnixDatagrams implements AutoCloseable {

    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 04000;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MOST_ADDRESS_BYTES = 108;

    private final LibC libc = Native.load("c", LibC.class);
    private final int fd;

    private UnixDatagrams(String address) throws ErrnoException {
        byte[] name = address.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || name.length >= MOST_ADDRESS_BYTES) {
            throw new ErrnoException("connect", Errno.EINVAL);
        }
        if (name[0] == '@') {
            name[0] = 0;
        }
        // A name of the file system ends with a zero byte. An abstract one ends where the address does.
        byte[] socketAddress = ByteBuffer.allocate(Short.BYTES + name.length + (name[0] == 0 ? 0 : 1))
                .order(ByteOrder.nativeOrder())
                .putShort(AF_UNIX)
                .put(name)
                .array();
        try {
            this.fd = libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        } catch (LastErrorException e) {
            throw failed("socket", e);
        }
        try {
            libc.connect(fd, socketAddress, socketAddress.length);
        } catch (LastErrorException e) {
            libc.close(fd);
            throw failed("connect", e);
        }
    }

    /**
     * Connects to a receiver.
     *
     * @param address a path, or {@code @} and an abstract name
     */
    public static UnixDatagrams to(String address) throws ErrnoException {
        return new UnixDatagrams(address);
    }

    /** Sends one message. If the receiver's queue is full, this fails with EAGAIN. */
    public void send(byte[] message) throws ErrnoException {
        try {
            libc.send(fd, message, new NativeLong(message.length), MSG_NOSIGNAL);
        } catch (LastErrorException e) {
            throw failed("send", e);
        }
    }

    @Override
    public void close() throws ErrnoException {
        try {
            libc.close(fd);
        } catch (LastErrorException e) {
            throw failed("close", e);
        }
    }

    private static ErrnoException failed(String call, LastErrorException e) {
        ErrnoException failure = new ErrnoException(call, e.getErrorCode());
        failure.initCause(e);
        return failure;
    }
}
