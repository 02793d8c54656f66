// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;

class VerificationTest {

    private static final ProcessIdentity PROCESS = new ProcessIdentity(77, 1000);

    @TempDir
    private Path root;

    private final Answers sys = new Answers();
    private ProcTree tree;
    private Verification verification;

    @BeforeEach
    void prepare() {
        tree = new ProcTree(root);
        verification = new Verification(sys, new ProcFs(root));
    }

    @AfterEach
    void closesWhatItOpened() {
        assertEquals(0, sys.open);
    }

    @Test
    void goneWithoutPidfd() {
        sys.pidfdOpen = Errno.ESRCH;
        assertTrue(verification.isGone(PROCESS));
    }

    @Test
    void goneBetweenOpenAndSignal() {
        sys.pidfdSendSignal = Errno.ESRCH;
        assertTrue(verification.isGone(PROCESS));
    }

    @Test
    void goneAndPidReused() throws IOException {
        tree.process(77).start(2000).write();
        assertTrue(verification.isGone(PROCESS));
    }

    @Test
    void thereAsZombie() throws IOException {
        tree.process(77).start(1000).zombieOf(1, 0).write();
        assertFalse(verification.isGone(PROCESS));
    }

    @Test
    void notProvedWhereHidden() {
        assertFalse(verification.isGone(PROCESS));
        sys.pidfdSendSignal = Errno.EPERM;
        assertFalse(verification.isGone(PROCESS));
        sys.pidfdSendSignal = Errno.EACCES;
        assertFalse(verification.isGone(PROCESS));
    }

    @Test
    void asksByPidWhereThereAreNoPidfds() throws IOException {
        sys.pidfdOpen = Errno.ENOSYS;
        assertFalse(verification.isGone(PROCESS));
        sys.kill = Errno.EPERM;
        assertFalse(verification.isGone(PROCESS));
        sys.kill = Errno.EACCES;
        assertFalse(verification.isGone(PROCESS));
        sys.kill = Errno.ESRCH;
        assertTrue(verification.isGone(PROCESS));

        sys.kill = 0;
        tree.process(77).start(2000).write();
        assertTrue(verification.isGone(PROCESS));
    }

    @Test
    void goneWherePidIsThreadNow() throws IOException {
        sys.pidfdOpen = Errno.EINVAL;
        tree.process(77).start(2000).write();
        assertTrue(verification.isGone(PROCESS));
    }

    @Test
    void saysThatItCannotTell() {
        sys.pidfdOpen = Errno.EMFILE;

        ZreapException e = assertThrows(ZreapException.class, () -> verification.isGone(PROCESS));

        assertEquals(OptionalInt.of(Errno.EMFILE), e.errno());
        assertEquals(77, e.pid().orElseThrow());

        sys.pidfdOpen = Errno.ENOSYS;
        sys.kill = Errno.EINVAL;
        assertThrows(ZreapException.class, () -> verification.isGone(PROCESS));
    }

    /** What the kernel says to each question: an errno, or 0. */
    private static final class Answers extends FakeModule {

        private int pidfdOpen;
        private int pidfdSendSignal;
        private int kill;
        private int open;

        @Override
        public int pidfdOpen(long pid) throws ErrnoException {
            answer("pidfd_open", pidfdOpen);
            open++;
            return 9;
        }

        @Override
        public synchronized void close(int fd) {
            open--;
        }

        @Override
        public void pidfdSendSignal(int pidfd, int signal) throws ErrnoException {
            assertEquals(9, pidfd);
            assertEquals(0, signal);
            answer("pidfd_send_signal", pidfdSendSignal);
        }

        @Override
        public void kill(long pid, int signal) throws ErrnoException {
            assertEquals(0, signal);
            answer("kill", kill);
        }

        private static void answer(String call, int errno) throws ErrnoException {
            if (errno != 0) {
                throw new ErrnoException(call, errno);
            }
        }
    }
}
