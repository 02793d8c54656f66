// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The small files, as Linux 6.1 shows them. */
class ProcFilesTest {

    private static final String SIGNALFD =
            "pos:\t0\nflags:\t02004002\nmnt_id:\t15\nino:\t1058\nsigmask:\t0000000000010000\n";

    @Test
    void readsCgroups() {
        assertEquals(
                List.of(
                        new ProcCgroup(List.of("cpu", "cpuacct"), "/a:b"),
                        new ProcCgroup(List.of("name=systemd"), "/x"),
                        new ProcCgroup(List.of(), "/")),
                ProcCgroup.parse("4:cpu,cpuacct:/a:b\n1:name=systemd:/x\n0::/\nnonsense\n0::relative\n"));
    }

    @Test
    void readsCalls() {
        assertEquals(
                Optional.of(new ProcSyscall(5)), ProcSyscall.parse("0 0x5 0x7ffd 0x1000 0x0 0x0 0x0 0x7ffd5 0x7f1c\n"));
        assertEquals(
                Optional.of(new ProcSyscall(-1)),
                ProcSyscall.parse("61 0xffffffffffffffff 0x0 0x0 0x0 0x0 0x0 0x7ffd5 0x7f1c\n"));
        assertEquals(Optional.empty(), ProcSyscall.parse("running\n"));
        assertEquals(Optional.empty(), ProcSyscall.parse("-1 0x7ffd5 0x7f1c\n"));
    }

    @Test
    void readsOpenFiles() {
        assertTrue(FdInfo.isSignalfdFor(SIGNALFD, 17));
        assertFalse(FdInfo.isSignalfdFor(SIGNALFD, 16));
        assertFalse(FdInfo.isSignalfdFor("pos:\t0\nflags:\t02\n", 17));
        assertTrue(FdInfo.canWrite("pos:\t0\nflags:\t0100001\n"));
        assertTrue(FdInfo.canWrite("flags:\t02\n"));
        assertFalse(FdInfo.canWrite("pos:\t0\nflags:\t0100000\n"));
        assertFalse(FdInfo.canWrite(""));
        assertTrue(FdInfo.canRead("flags:\t0100000\n"));
        assertTrue(FdInfo.canRead("flags:\t02\n"));
        assertFalse(FdInfo.canRead("flags:\t01\n"));
        assertFalse(FdInfo.canRead(""));
    }

    @Test
    void readsPidfds() {
        assertEquals(OptionalLong.of(21), FdInfo.pidfdOf("pos:\t0\nflags:\t02\nPid:\t21\nNSpid:\t21\n"));
        assertEquals(OptionalLong.empty(), FdInfo.pidfdOf("flags:\t02\nPid:\t-1\nNSpid:\t-1\n"));
        assertEquals(OptionalLong.empty(), FdInfo.pidfdOf("flags:\t02\nPid:\t0\nNSpid:\t0\n"));
        assertEquals(OptionalLong.empty(), FdInfo.pidfdOf("flags:\t02\n"));
    }

    @Property
    void takesAnyText(@ForAll String text) {
        ProcCgroup.parse(text);
        ProcSyscall.parse(text);
        assertFalse(FdInfo.canWrite("flags: x" + text.replace("\n", "")));
    }
}
