// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zreap.ZreapException;
import org.zreap.event.EventListener;
import org.zreap.event.ResultEvent;
import org.zreap.internal.netlink.ControlFamily;
import org.zreap.internal.netlink.Message;
import org.zreap.internal.netlink.ZreapFamily;
import org.zreap.internal.sys.Descriptor;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;
import org.zreap.internal.wire.EventDecoder;
import org.zreap.internal.wire.MalformedAnswerException;

/**
 * A socket that receives every result. One thread runs it, and any thread may stop it.
 *
 * <p>Thread-safe.
 */
public final class EventSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventSocket.class);

    private static final Failures FAILURES = Failures.ofEvents(ZreapFamily.NAME);

    /** Room for about 10,000 results that the listener has not received yet. */
    private static final int ROOM_BYTES = 8 << 20;

    private static final int FOR_EVER = -1;
    private static final int NOT_AT_ALL = 0;

    private final Sys sys;
    private final NetlinkSocket netlink;
    private final int family;
    private final Descriptor alarm;
    private boolean stopped;
    private boolean closed;

    private EventSocket(Sys sys, NetlinkSocket netlink, int family, Descriptor alarm) {
        this.sys = sys;
        this.netlink = netlink;
        this.family = family;
        this.alarm = alarm;
    }

    /**
     * Opens the socket. From now on the kernel queues results.
     *
     * @throws ZreapException if that is not possible
     */
    public static EventSocket open(Sys sys) {
        try {
            NetlinkSocket netlink = NetlinkSocket.open(sys);
            try {
                return join(sys, netlink);
            } catch (ErrnoException | MalformedAnswerException e) {
                netlink.close();
                throw e;
            }
        } catch (ErrnoException e) {
            throw FAILURES.of(e, List.of());
        } catch (MalformedAnswerException e) {
            throw FAILURES.garbled(e.problem(), List.of());
        }
    }

    private static EventSocket join(Sys sys, NetlinkSocket netlink) throws ErrnoException {
        netlink.reserve(ROOM_BYTES);
        // First the group that reports the end of the family, so that this thread cannot miss it.
        netlink.join(group(netlink.family(ControlFamily.NAME), ControlFamily.NOTIFY));
        ControlFamily.Numbers zreap = netlink.family(ZreapFamily.NAME);
        netlink.join(group(zreap, ZreapFamily.EVENTS));
        return new EventSocket(sys, netlink, zreap.id(), new Descriptor(sys, sys.eventfd()));
    }

    private static int group(ControlFamily.Numbers family, String name) {
        return Optional.ofNullable(family.groups().get(name))
                .orElseThrow(() -> new MalformedAnswerException("a family without the group " + name));
    }

    /**
     * Passes results to the listener until it is stopped or no more can come. Then it closes the
     * socket.
     */
    public void run(EventListener listener) {
        try {
            hear(listener);
        } catch (ErrnoException e) {
            tell(() -> listener.onEnd(FAILURES.of(e, List.of())));
        } catch (MalformedAnswerException e) {
            tell(() -> listener.onEnd(FAILURES.garbled(e.problem(), List.of())));
        } finally {
            close();
        }
    }

    /** Ends {@link #run}, at once or when the listener returns. */
    public synchronized void stop() {
        if (stopped || closed) {
            return;
        }
        stopped = true;
        byte[] one = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(1)
                .array();
        try {
            sys.write(alarm.fd(), one);
        } catch (ErrnoException e) {
            throw FAILURES.of(e, List.of());
        }
    }

    private void hear(EventListener listener) throws ErrnoException {
        boolean hasLost = false;
        while (!isStopped()) {
            try {
                Set<Integer> readable =
                        sys.awaitReadable(Set.of(netlink.fd(), alarm.fd()), hasLost ? NOT_AT_ALL : FOR_EVER);
                if (readable.contains(netlink.fd())) {
                    deliver(netlink.receiveNow(), listener);
                } else if (readable.isEmpty()) {
                    // Netlink drops all messages until the queue is empty. The report of the
                    // family's end may be among them.
                    hasLost = false;
                    if (!isFamilyThere()) {
                        throw ended();
                    }
                }
            } catch (ErrnoException e) {
                if (e.errno() == Errno.ENOBUFS) {
                    hasLost = true;
                    tell(listener::onLost);
                } else if (e.errno() != Errno.EINTR) {
                    throw e;
                }
            }
        }
    }

    private void deliver(List<Message> messages, EventListener listener) throws ErrnoException {
        for (Message message : messages) {
            if (ControlFamily.isEnd(message, ZreapFamily.NAME)) {
                throw ended();
            }
            if (message.type() == family && message.command() == ZreapFamily.EVENT && !isStopped()) {
                ResultEvent event = EventDecoder.decode(ZreapFamily.row(message));
                tell(() -> listener.onResult(event));
            }
        }
    }

    /** False if the module has been loaded again since; true if this cannot be known now. */
    private boolean isFamilyThere() {
        try (NetlinkSocket other = NetlinkSocket.open(sys)) {
            return other.family(ZreapFamily.NAME).id() == family;
        } catch (ErrnoException e) {
            LOG.debug("the family was looked for: {}", e.getMessage());
            return e.errno() != Errno.ENOENT;
        }
    }

    private static ErrnoException ended() {
        return new ErrnoException("receive", Errno.ENOENT);
    }

    /**
     * A listener that throws, even an Error, misses only that call. The subscription must not end
     * silently.
     */
    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            LOG.error("a listener to zreap's results failed", e);
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Closes the socket. {@link #run} closes it when it ends. */
    @Override
    public synchronized void close() {
        closed = true;
        try (alarm;
                netlink) {
            LOG.debug("no more events");
        } catch (ErrnoException e) {
            LOG.warn("cannot close the socket of events", e);
        }
    }
}
