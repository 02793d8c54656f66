// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.NativeLong;

/**
 * The C functions in use, under their C names. Each throws on failure, because a later call of the
 * same thread may overwrite errno.
 */
interface LibC extends Library {

    int open(String path, int flags, Object... mode) throws LastErrorException;

    NativeLong read(int fd, byte[] buffer, NativeLong count) throws LastErrorException;

    NativeLong write(int fd, byte[] buffer, NativeLong count) throws LastErrorException;

    int close(int fd) throws LastErrorException;

    int kill(int pid, int signal) throws LastErrorException;

    int socket(int domain, int type, int protocol) throws LastErrorException;

    int setsockopt(int fd, int level, int option, byte[] value, int length) throws LastErrorException;

    int connect(int fd, byte[] address, int length) throws LastErrorException;

    NativeLong send(int fd, byte[] message, NativeLong length, int flags) throws LastErrorException;

    NativeLong recv(int fd, byte[] buffer, NativeLong length, int flags) throws LastErrorException;

    int poll(byte[] fds, NativeLong count, int timeout) throws LastErrorException;

    int wait4(int pid, int[] status, int options, byte[] usage) throws LastErrorException;

    int eventfd(int initial, int flags) throws LastErrorException;

    NativeLong syscall(NativeLong number, Object... arguments) throws LastErrorException;
}
