// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.internal.Signals;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;
import org.zreap.it.Await;
import org.zreap.it.LivingParent;
import org.zreap.it.ThreadSignals;

/** The real kernel, as far as no module and no privilege is needed. */
class SystemTest {

    @Test
    void zombieIsNotGoneBeforeItIsWaitedFor() {
        Verification verification = Verification.system();
        ProcessIdentity zombie;
        try (LivingParent parent = LivingParent.handlingSigchldTooLate()) {
            zombie = parent.zombie().identity();
            ProcessIdentity parentIdentity =
                    Signals.linux().identify(parent.pid()).orElseThrow();

            assertFalse(verification.isGone(zombie));
            assertFalse(verification.isGone(parentIdentity));
            assertTrue(verification.isGone(new ProcessIdentity(zombie.pid(), zombie.startTicks() + 1)));

            assertEquals(Signals.Outcome.SENT, Signals.linux().send(parentIdentity, 17));
            Await.value("the zombie to go", () -> verification.isGone(zombie) ? Optional.of(zombie) : Optional.empty());
        }
        assertTrue(verification.isGone(zombie));
        assertEquals(Signals.Outcome.GONE, Signals.linux().send(zombie, 17));
    }

    @Test
    void callsFailWithTheirErrno(@TempDir Path folder) throws ErrnoException {
        Sys sys = Sys.linux();
        String missing = folder.resolve("missing").toString();

        assertEquals(
                Errno.ENOENT,
                assertThrows(ErrnoException.class, () -> sys.open(missing)).errno());
        assertEquals(
                Errno.ENOENT,
                assertThrows(ErrnoException.class, () -> sys.openForReading(missing))
                        .errno());
        assertEquals(
                Errno.EBADF,
                assertThrows(ErrnoException.class, () -> sys.read(-1, new byte[1]))
                        .errno());
        assertEquals(
                Errno.EBADF,
                assertThrows(ErrnoException.class, () -> sys.write(-1, new byte[1]))
                        .errno());
        assertEquals(
                Errno.EBADF,
                assertThrows(ErrnoException.class, () -> sys.close(-1)).errno());
        assertEquals(
                Errno.EBADF,
                assertThrows(ErrnoException.class, () -> sys.pidfdSendSignal(-1, 0))
                        .errno());
        assertEquals(
                Errno.ESRCH,
                assertThrows(ErrnoException.class, () -> sys.kill(Target.MAX_PID, 0))
                        .errno());
        assertEquals(
                Errno.ESRCH,
                assertThrows(ErrnoException.class, () -> sys.pidfdOpen(Target.MAX_PID))
                        .errno());
        assertEquals(
                Errno.EBADF,
                assertThrows(ErrnoException.class, () -> sys.send(-1, new byte[16]))
                        .errno());
        assertEquals(
                Errno.EBADF,
                assertThrows(ErrnoException.class, () -> sys.receive(-1, new byte[16]))
                        .errno());
        assertEquals(
                Errno.EBADF,
                assertThrows(ErrnoException.class, () -> sys.setSocketOption(-1, 1, 1, 1))
                        .errno());
        assertEquals(
                Errno.EBADF,
                assertThrows(ErrnoException.class, () -> sys.connectToKernel(-1))
                        .errno());
        sys.kill(ProcessHandle.current().pid(), 0);
    }

    @Test
    void waitsForWhatCanBeRead() throws ErrnoException {
        Sys sys = Sys.linux();
        int first = sys.eventfd();
        int second = sys.eventfd();

        assertEquals(Set.of(), sys.awaitReadable(Set.of(first, second), 0));
        sys.write(second, new byte[] {1, 1, 1, 1, 1, 1, 1, 1});
        assertEquals(Set.of(second), sys.awaitReadable(Set.of(first, second), -1));

        sys.close(first);
        sys.close(second);
    }

    @Test
    void readsOnAfterSignals() throws Exception {
        Sys sys = Sys.linux();
        int counter = sys.eventfd();
        try (ThreadSignals signals = ThreadSignals.open()) {
            ThreadSignals.Interrupted<Integer> read = signals.during(() -> sys.read(counter, new byte[8]));
            for (int i = 0; i < 20; i++) {
                read.interrupt();
            }
            assertFalse(read.result().isDone(), () -> "it gave up: " + read.result());

            sys.write(counter, new byte[] {1, 1, 1, 1, 1, 1, 1, 1});

            assertEquals(8, read.result().get());
        }
        sys.close(counter);
    }

    /** Who waits for a time must know that some of it is over. */
    @Test
    void tellsThatWaitingWasInterrupted() throws Exception {
        Sys sys = Sys.linux();
        int counter = sys.eventfd();
        try (ThreadSignals signals = ThreadSignals.open()) {
            ThreadSignals.Interrupted<Set<Integer>> wait = signals.during(() -> sys.awaitReadable(Set.of(counter), -1));
            while (!wait.result().isDone()) {
                wait.interrupt();
            }

            ExecutionException e = assertThrows(ExecutionException.class, wait.result()::get);
            assertEquals(
                    Errno.EINTR,
                    assertInstanceOf(ErrnoException.class, e.getCause()).errno());
        }
        sys.close(counter);
    }

    @Test
    void saysThatThereIsNoFamily() {
        ModuleMissingException e = assertThrows(ModuleMissingException.class, () -> Zreap.open(Transport.NETLINK));

        assertEquals(OptionalInt.of(Errno.ENOENT), e.errno());
        assertTrue(e.getMessage().startsWith("cannot use the netlink family zreap (look up zreap: "), e.getMessage());
    }

    @Test
    void saysThatThereIsNoModule(@TempDir Path emptyProc) {
        ModuleMissingException e = assertThrows(
                ModuleMissingException.class,
                () -> Zreap.builder().procRoot(emptyProc).open());

        assertEquals(OptionalInt.of(Errno.ENOENT), e.errno());
    }
}
