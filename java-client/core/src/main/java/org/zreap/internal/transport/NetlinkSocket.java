// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.zreap.internal.netlink.ControlFamily;
import org.zreap.internal.netlink.Message;
import org.zreap.internal.sys.Descriptor;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;
import org.zreap.internal.wire.MalformedAnswerException;

/**
 * A generic netlink socket to the kernel.
 *
 * <p>Not thread-safe: only one thread may use it.
 */
final class NetlinkSocket implements AutoCloseable {

    private static final int NETLINK_GENERIC = 16;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_ADD_MEMBERSHIP = 1;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;

    /** Twice the size of the kernel's largest message. */
    private static final int BUFFER_BYTES = 64 << 10;

    /**
     * The kernel has the next answer ready whenever a send or a receive returns. This time-out is
     * for lost answers.
     */
    private static final int PATIENCE_MILLIS = 60_000;

    private final Sys sys;
    private final Descriptor socket;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int sequence;

    private NetlinkSocket(Sys sys, Descriptor socket) {
        this.sys = sys;
        this.socket = socket;
    }

    /** The outcome of a request. */
    record Conclusion(String request, int errno, String reason) {

        /** Fails if the request did. */
        void requireSuccess() throws ErrnoException {
            if (errno != 0) {
                throw reason.isEmpty()
                        ? new ErrnoException(request, errno)
                        : new ErrnoException(request, errno, reason);
            }
        }
    }

    /** Writes a request with a given sequence number. */
    interface Request {
        byte[] encode(int sequence);
    }

    static NetlinkSocket open(Sys sys) throws ErrnoException {
        NetlinkSocket netlink = new NetlinkSocket(sys, new Descriptor(sys, sys.netlinkSocket(NETLINK_GENERIC)));
        try {
            sys.setSocketOption(netlink.fd(), SOL_NETLINK, NETLINK_EXT_ACK, 1);
            sys.setSocketOption(netlink.fd(), SOL_NETLINK, NETLINK_CAP_ACK, 1);
            sys.connectToKernel(netlink.fd());
            return netlink;
        } catch (ErrnoException e) {
            netlink.close();
            throw e;
        }
    }

    /** Joins a multicast group. */
    void join(int group) throws ErrnoException {
        sys.setSocketOption(fd(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
    }

    /**
     * Sets the size of the receive buffer. Without the right to exceed the system's limit, the size
     * stays within it.
     */
    void reserve(int bytes) throws ErrnoException {
        try {
            sys.setSocketOption(fd(), SOL_SOCKET, SO_RCVBUFFORCE, bytes);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EPERM) {
                throw e;
            }
            sys.setSocketOption(fd(), SOL_SOCKET, SO_RCVBUF, bytes);
        }
    }

    int fd() {
        return socket.fd();
    }

    /**
     * Asks for the numbers of a family.
     *
     * @throws ErrnoException with ENOENT if there is no such family here
     */
    ControlFamily.Numbers family(String name) throws ErrnoException {
        List<ControlFamily.Numbers> answers = new ArrayList<>();
        ask("look up " + name, number -> ControlFamily.request(number, name), ControlFamily::decode, answers::add)
                .requireSuccess();
        if (answers.size() != 1) {
            throw new MalformedAnswerException(answers.size() + " families for one name");
        }
        return answers.get(0);
    }

    /**
     * Makes a request and receives the answers up to the kernel's end mark. The module may act only
     * while the caller receives. A caller that stops early must close the socket, and the module
     * then leaves the rest undone.
     *
     * @throws ErrnoException if it cannot be made, or answers are lost
     */
    <T> Conclusion ask(String name, Request request, Function<Message, T> decoder, Consumer<T> answers)
            throws ErrnoException {
        int number = ++sequence;
        byte[] bytes = request.encode(number);
        int taken = sys.send(fd(), bytes);
        if (taken != bytes.length) {
            throw new MalformedAnswerException(taken + " bytes of " + bytes.length + " were taken");
        }
        while (true) {
            for (Message message : receive(name)) {
                if (message.sequence() != number) {
                    continue; // of a request that was given up
                }
                if (message.type() == Message.DONE || message.type() == Message.ERROR) {
                    return new Conclusion(
                            name, message.errno(), message.reason().orElse(""));
                }
                if (message.type() != Message.NOOP) {
                    answers.accept(decoder.apply(message));
                }
            }
        }
    }

    private List<Message> receive(String request) throws ErrnoException {
        while (true) {
            try {
                if (sys.awaitReadable(Set.of(fd()), PATIENCE_MILLIS).isEmpty()) {
                    throw new ErrnoException(request, Errno.ETIMEDOUT);
                }
                return receiveNow();
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EINTR) {
                    throw e;
                }
            }
        }
    }

    /** The messages of one receive, valid until the next receive. It waits for them. */
    List<Message> receiveNow() throws ErrnoException {
        int length = sys.receive(fd(), buffer);
        if (length > buffer.length) {
            throw new MalformedAnswerException("a message of " + length + " bytes, which are too many");
        }
        return Message.parse(ByteBuffer.wrap(buffer, 0, length));
    }

    @Override
    public void close() throws ErrnoException {
        socket.close();
    }
}
