// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.NativeLong;

/**
 * The C functions in use, under their C names. Each throws instead of leaving errno in a variable: between the call and
 * a later look at it the thread may have made other calls.
 */
interface LibC extends Library {

    int open(String path, int flags, Object... mode) throws LastErrorException;

    NativeLong read(int fd, byte[] buffer, NativeLong count) throws LastErrorException;

    NativeLong write(int fd, byte[] buffer, NativeLong count) throws LastErrorException;

    int close(int fd) throws LastErrorException;

    int kill(int pid, int signal) throws LastErrorException;

    NativeLong syscall(NativeLong number, Object... arguments) throws LastErrorException;
}
