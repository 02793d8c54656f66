// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * {@link Sys} by way of the C library. If this library does not know the number of a call on this
 * architecture, the call fails with ENOSYS, as on a kernel without it.
 *
 * <p>Thread-safe: it holds nothing but the bound library.
 */
final class LinuxSys implements Sys {

    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 04000;
    private static final int O_CLOEXEC = 02000000;

    private static final short AF_UNIX = 1;
    private static final short AF_NETLINK = 16;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK = 04000;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int MSG_TRUNC = 0x20;
    private static final int SOCKADDR_NL_BYTES = 12;

    private static final int WNOHANG = 1;
    private static final int WALL = 0x40000000;
    /** Two times of two fields each, and 14 numbers. */
    private static final int RUSAGE_LONGS = 18;

    private static final long MICROS_PER_SECOND = 1_000_000;

    private static final short POLLIN = 1;
    private static final int POLLFD_BYTES = 8;

    private final LibC libc = Native.load("c", LibC.class);
    private final Optional<SyscallNumbers> numbers = SyscallNumbers.of(System.getProperty("os.arch", ""));

    /**
     * Binds the C library.
     *
     * @throws LinkageError if JNA cannot be loaded
     */
    LinuxSys() {}

    @Override
    public int open(String path) throws ErrnoException {
        return open(path, O_RDWR | O_CLOEXEC);
    }

    @Override
    public int openForReading(String path) throws ErrnoException {
        return open(path, O_CLOEXEC);
    }

    @Override
    public int read(int fd, byte[] buffer) throws ErrnoException {
        return untilUninterrupted("read", () -> libc.read(fd, buffer, new NativeLong(buffer.length)))
                .intValue();
    }

    @Override
    public int write(int fd, byte[] bytes) throws ErrnoException {
        try {
            return libc.write(fd, bytes, new NativeLong(bytes.length)).intValue();
        } catch (LastErrorException e) {
            throw failed("write", e);
        }
    }

    @Override
    public void close(int fd) throws ErrnoException {
        try {
            libc.close(fd);
        } catch (LastErrorException e) {
            throw failed("close", e);
        }
    }

    @Override
    public int pidfdOpen(long pid) throws ErrnoException {
        return syscall("pidfd_open", SyscallNumbers::pidfdOpen, new NativeLong(pid), new NativeLong(0));
    }

    @Override
    public void pidfdSendSignal(int pidfd, int signal) throws ErrnoException {
        syscall(
                "pidfd_send_signal",
                SyscallNumbers::pidfdSendSignal,
                new NativeLong(pidfd),
                new NativeLong(signal),
                new NativeLong(0),
                new NativeLong(0));
    }

    @Override
    public void kill(long pid, int signal) throws ErrnoException {
        try {
            libc.kill(Math.toIntExact(pid), signal);
        } catch (LastErrorException e) {
            throw failed("kill", e);
        }
    }

    @Override
    public void finitModule(int fd, String parameters, int flags) throws ErrnoException {
        syscall("finit_module", SyscallNumbers::finitModule, new NativeLong(fd), parameters, new NativeLong(flags));
    }

    @Override
    public void deleteModule(String name) throws ErrnoException {
        syscall("delete_module", SyscallNumbers::deleteModule, name, new NativeLong(O_NONBLOCK));
    }

    @Override
    public int netlinkSocket(int protocol) throws ErrnoException {
        return socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    }

    @Override
    public int unixDatagramSocket() throws ErrnoException {
        return socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    }

    private int socket(int family, int type, int protocol) throws ErrnoException {
        try {
            return libc.socket(family, type, protocol);
        } catch (LastErrorException e) {
            throw failed("socket", e);
        }
    }

    @Override
    public void setSocketOption(int fd, int level, int option, int value) throws ErrnoException {
        byte[] bytes = nativeOrder(new byte[Integer.BYTES]).putInt(value).array();
        try {
            libc.setsockopt(fd, level, option, bytes, bytes.length);
        } catch (LastErrorException e) {
            throw failed("setsockopt", e);
        }
    }

    @Override
    public void connectToKernel(int fd) throws ErrnoException {
        connect(
                fd,
                nativeOrder(new byte[SOCKADDR_NL_BYTES]).putShort(AF_NETLINK).array());
    }

    @Override
    public void connectToUnix(int fd, byte[] name) throws ErrnoException {
        connect(
                fd,
                nativeOrder(new byte[Short.BYTES + name.length])
                        .putShort(AF_UNIX)
                        .put(name)
                        .array());
    }

    private void connect(int fd, byte[] address) throws ErrnoException {
        try {
            libc.connect(fd, address, address.length);
        } catch (LastErrorException e) {
            throw failed("connect", e);
        }
    }

    @Override
    public int send(int fd, byte[] message) throws ErrnoException {
        try {
            return libc.send(fd, message, new NativeLong(message.length), 0).intValue();
        } catch (LastErrorException e) {
            throw failed("send", e);
        }
    }

    @Override
    public int receive(int fd, byte[] buffer) throws ErrnoException {
        return untilUninterrupted("recv", () -> libc.recv(fd, buffer, new NativeLong(buffer.length), MSG_TRUNC))
                .intValue();
    }

    @Override
    public Set<Integer> awaitReadable(Set<Integer> fds, int timeoutMillis) throws ErrnoException {
        byte[] table = new byte[fds.size() * POLLFD_BYTES];
        ByteBuffer entries = nativeOrder(table);
        fds.forEach(fd -> entries.putInt(fd).putShort(POLLIN).putShort((short) 0));
        try {
            libc.poll(table, new NativeLong(fds.size()), timeoutMillis);
        } catch (LastErrorException e) {
            throw failed("poll", e);
        }
        Set<Integer> readable = new HashSet<>();
        entries.rewind();
        while (entries.hasRemaining()) {
            int fd = entries.getInt();
            entries.getShort();
            if (entries.getShort() != 0) {
                readable.add(fd);
            }
        }
        return readable;
    }

    @Override
    public Optional<Waited> waitNow(long pid) throws ErrnoException {
        int[] status = new int[1];
        byte[] usage = new byte[RUSAGE_LONGS * NativeLong.SIZE];
        try {
            if (libc.wait4(Math.toIntExact(pid), status, WNOHANG | WALL, usage) == 0) {
                return Optional.empty();
            }
        } catch (LastErrorException e) {
            throw failed("wait4", e);
        }
        ByteBuffer fields = nativeOrder(usage);
        long user = micros(fields);
        long system = micros(fields);
        return Optional.of(new Waited(status[0], user, system, nativeLong(fields)));
    }

    private static long micros(ByteBuffer timeval) {
        return nativeLong(timeval) * MICROS_PER_SECOND + nativeLong(timeval);
    }

    private static long nativeLong(ByteBuffer fields) {
        return NativeLong.SIZE == Long.BYTES ? fields.getLong() : fields.getInt();
    }

    @Override
    public int eventfd() throws ErrnoException {
        try {
            return libc.eventfd(0, O_CLOEXEC);
        } catch (LastErrorException e) {
            throw failed("eventfd", e);
        }
    }

    private static ByteBuffer nativeOrder(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private int open(String path, int flags) throws ErrnoException {
        return untilUninterrupted("open", () -> libc.open(path, flags));
    }

    private int syscall(String name, ToIntFunction<SyscallNumbers> number, Object... arguments) throws ErrnoException {
        if (numbers.isEmpty()) {
            throw new ErrnoException(name, Errno.ENOSYS);
        }
        NativeLong code = new NativeLong(number.applyAsInt(numbers.get()));
        return untilUninterrupted(name, () -> libc.syscall(code, arguments)).intValue();
    }

    private interface Call<T> {
        T make() throws LastErrorException;
    }

    /** For calls that have done nothing if a signal interrupts them. */
    private static <T> T untilUninterrupted(String name, Call<T> call) throws ErrnoException {
        while (true) {
            try {
                return call.make();
            } catch (LastErrorException e) {
                if (e.getErrorCode() != Errno.EINTR) {
                    throw failed(name, e);
                }
            }
        }
    }

    private static ErrnoException failed(String call, LastErrorException e) {
        ErrnoException failure = new ErrnoException(call, e.getErrorCode());
        failure.initCause(e);
        return failure;
    }
}
