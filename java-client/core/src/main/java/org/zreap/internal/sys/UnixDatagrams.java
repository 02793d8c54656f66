// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A datagram socket of the family AF_UNIX, connected to a receiver. Java's own sockets of that family
 * are streams only.
 *
 * <p>Thread-safe, apart from {@link #close}.
 */
public final class UnixDatagrams implements AutoCloseable {

    /** The size of sun_path in unix(7). */
    private static final int MOST_NAME_BYTES = 108;

    private final Sys sys = Sys.linux();
    private final int fd;

    private UnixDatagrams(byte[] name) throws ErrnoException {
        this.fd = sys.unixDatagramSocket();
        try {
            sys.connectToUnix(fd, name);
        } catch (ErrnoException e) {
            sys.close(fd);
            throw e;
        }
    }

    /**
     * Connects to a receiver.
     *
     * @param address a path, or {@code @} and an abstract name
     */
    public static UnixDatagrams to(String address) throws ErrnoException {
        byte[] name = address.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || name.length >= MOST_NAME_BYTES) {
            throw new ErrnoException("connect", Errno.EINVAL);
        }
        if (name[0] == '@') {
            name[0] = 0;
            return new UnixDatagrams(name);
        }
        // A name of the file system ends with a zero byte. An abstract one ends where the address does.
        return new UnixDatagrams(Arrays.copyOf(name, name.length + 1));
    }

    /** Sends one message. If the receiver's queue is full, this fails with EAGAIN. */
    public void send(byte[] message) throws ErrnoException {
        sys.send(fd, message);
    }

    @Override
    public void close() throws ErrnoException {
        sys.close(fd);
    }
}
