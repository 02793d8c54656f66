// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * {@link Sys} by way of the C library. A call whose number on this architecture is not known here fails with ENOSYS, as
 * it would on a kernel without it.
 *
 * <p>Thread-safe: it holds nothing but the bound library.
 */
final class LinuxSys implements Sys {

    static final LinuxSys INSTANCE = new LinuxSys();

    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 04000;
    private static final int O_CLOEXEC = 02000000;

    private final LibC libc = Native.load("c", LibC.class);
    private final Optional<SyscallNumbers> numbers = SyscallNumbers.of(System.getProperty("os.arch", ""));

    private LinuxSys() {}

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
        try {
            return libc.read(fd, buffer, new NativeLong(buffer.length)).intValue();
        } catch (LastErrorException e) {
            throw failed("read", e);
        }
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

    private int open(String path, int flags) throws ErrnoException {
        try {
            return libc.open(path, flags);
        } catch (LastErrorException e) {
            throw failed("open", e);
        }
    }

    private int syscall(String name, ToIntFunction<SyscallNumbers> number, Object... arguments) throws ErrnoException {
        if (numbers.isEmpty()) {
            throw new ErrnoException(name, Errno.ENOSYS);
        }
        try {
            return libc.syscall(new NativeLong(number.applyAsInt(numbers.get())), arguments)
                    .intValue();
        } catch (LastErrorException e) {
            throw failed(name, e);
        }
    }

    private static ErrnoException failed(String call, LastErrorException e) {
        ErrnoException failure = new ErrnoException(call, e.getErrorCode());
        failure.initCause(e);
        return failure;
    }
}
