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

    /** Twice what the kernel puts into one message at most. */
    private static final int BUFFER_BYTES = 64 << 10;

    /**
     * The kernel has the next answer ready whenever a send or a receive returns; this is for one
     * that is lost.
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

    /** What a request came to. */
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

    /** Writes a request with the sequence number that it is to have. */
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

    /** Lets in what is sent to a multicast group. */
    void join(int group) throws ErrnoException {
        sys.setSocketOption(fd(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
    }

    /**
     * Makes room for what is not received yet: as much as asked for where this process may, else
     * what the system allows.
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
     * Makes a request and takes the answers, up to the end that the kernel sets. What the request
     * asks for may be done only while its answers are taken: whoever does not come to the end must
     * close the socket, and then the rest is not done.
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

    /** The messages of one piece, valid until the next; waits if there is none. */
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
