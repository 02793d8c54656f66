// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.ptr.IntByReference;

/** Tracing a process from the calling thread, which must also be the one that waits. */
final class Ptrace {

    private static final int PTRACE_SEIZE = 0x4206;
    private static final int WALL = 0x40000000;

    private static final LibC LIBC = Native.load("c", LibC.class);

    private Ptrace() {}

    static void seize(long pid) {
        LIBC.ptrace(new NativeLong(PTRACE_SEIZE), (int) pid, new NativeLong(0), new NativeLong(0));
    }

    /** Waits for the end of a traced process, which gives it back to its parent. */
    static int awaitEnd(long pid) {
        IntByReference status = new IntByReference();
        LIBC.waitpid((int) pid, status, WALL);
        return status.getValue();
    }

    /** Public, since JNA makes a proxy of it. */
    public interface LibC extends Library {

        NativeLong ptrace(NativeLong request, int pid, NativeLong address, NativeLong data) throws LastErrorException;

        int waitpid(int pid, IntByReference status, int options) throws LastErrorException;
    }
}
