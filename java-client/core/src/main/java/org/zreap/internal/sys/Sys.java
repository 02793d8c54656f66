// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

import java.util.Optional;
import java.util.Set;

/**
 * The system calls that the library makes. Each method is one call. A failed call throws an
 * {@link ErrnoException} that names the call. If a signal interrupts a call, the method repeats it,
 * with three exceptions that fail with EINTR: {@link #awaitReadable}, because its caller keeps the
 * time, and {@link #write} and {@link #send}, because they may have done something.
 *
 * <p>Implementations are thread-safe.
 */
public interface Sys {

    /** Opens an existing file for reading and writing, close-on-exec; never creates one. */
    int open(String path) throws ErrnoException;

    /** Opens an existing file for reading, close-on-exec. */
    int openForReading(String path) throws ErrnoException;

    /** Reads up to {@code buffer.length} bytes; 0 is the end of the file. */
    int read(int fd, byte[] buffer) throws ErrnoException;

    /** Writes all of {@code bytes} in one call and returns how many were taken. */
    int write(int fd, byte[] bytes) throws ErrnoException;

    /** Closes a descriptor. */
    void close(int fd) throws ErrnoException;

    /** Opens a descriptor of the process with this PID. */
    int pidfdOpen(long pid) throws ErrnoException;

    /** Sends a signal to the process behind a descriptor; 0 only asks whether it is there. */
    void pidfdSendSignal(int pidfd, int signal) throws ErrnoException;

    /** Sends a signal to the process with this PID; 0 only asks whether it is there. */
    void kill(long pid, int signal) throws ErrnoException;

    /** Loads a kernel module from an open file. */
    void finitModule(int fd, String parameters, int flags) throws ErrnoException;

    /** Unloads a kernel module, without waiting until it is unused. */
    void deleteModule(String name) throws ErrnoException;

    /** Opens a netlink socket, close-on-exec. */
    int netlinkSocket(int protocol) throws ErrnoException;

    /** Sets an option of a socket to a number. */
    void setSocketOption(int fd, int level, int option, int value) throws ErrnoException;

    /**
     * Connects a netlink socket to the kernel, so that it receives no messages of other senders.
     */
    void connectToKernel(int fd) throws ErrnoException;

    /** Opens a datagram socket of the family AF_UNIX, close-on-exec and non-blocking. */
    int unixDatagramSocket() throws ErrnoException;

    /**
     * Connects a socket of the family AF_UNIX to a receiver.
     *
     * @param name the receiver's name, as sun_path of unix(7) has it
     */
    void connectToUnix(int fd, byte[] name) throws ErrnoException;

    /** Sends one message and returns how many bytes were taken. */
    int send(int fd, byte[] message) throws ErrnoException;

    /**
     * Waits for one message and returns its length. If the message was cut, the length is more than
     * {@code buffer.length}.
     */
    int receive(int fd, byte[] buffer) throws ErrnoException;

    /**
     * Waits until one of these is readable. If the time ends first, none is. A negative time means
     * without limit.
     */
    Set<Integer> awaitReadable(Set<Integer> fds, int timeoutMillis) throws ErrnoException;

    /** Waits for a child of any kind that has ended (WNOHANG, __WALL); empty if it has not. */
    Optional<Waited> waitNow(long pid) throws ErrnoException;

    /**
     * The result of wait4.
     *
     * @param status the wait status
     * @param userMicros CPU time in user mode
     * @param systemMicros CPU time in the kernel
     * @param maxResidentKb peak resident set, in KiB
     */
    record Waited(int status, long userMicros, long systemMicros, long maxResidentKb) {}

    /** Opens a counter. It becomes readable after a write of a number of 64 bits. */
    int eventfd() throws ErrnoException;

    /**
     * The calls of the running kernel. This never fails. If JNA cannot be loaded, each call throws
     * a {@link org.zreap.NativeLibraryException}.
     */
    static Sys linux() {
        return BoundSys.INSTANCE;
    }
}
