// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.adopt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.internal.proc.ProcStatus;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;

class JvmSignalTest {

    /** A signal that nobody here uses. */
    private static final String NAME = "WINCH";

    private static final int NUMBER = 28;

    @Test
    void givesTheSignalBackAsItWas() throws IOException {
        try (JvmSignal first = JvmSignal.handle(NAME, () -> {})) {
            first.ignore();

            JvmSignal second = JvmSignal.handle(NAME, () -> {});
            assertFalse(isIgnored());
            second.close();

            assertTrue(isIgnored());
        }
        assertFalse(isIgnored());
    }

    @Test
    void leavesTheHandlerOfOtherCode() throws Exception {
        CountDownLatch came = new CountDownLatch(1);
        try (JvmSignal other = JvmSignal.handle(NAME, came::countDown)) {
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> JvmSignal.handle(NAME, () -> {}));

            assertEquals("SIGWINCH is handled by somebody else in this JVM", e.getMessage());
            assertComes(came);
            other.ignore();
        }
        assertFalse(isIgnored());
    }

    @Test
    void replacesTheHandlerOfOtherCodeAndRestoresIt() throws Exception {
        CountDownLatch cameToOther = new CountDownLatch(1);
        CountDownLatch came = new CountDownLatch(1);
        try (JvmSignal other = JvmSignal.handle(NAME, cameToOther::countDown)) {
            JvmSignal replaced = JvmSignal.replace(NAME, came::countDown);
            assertComes(came);
            assertEquals(1, cameToOther.getCount());

            replaced.close();

            assertComes(cameToOther);
            other.ignore();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "SEGV", "NO-SUCH"})
    void refusesSignalsThatNobodyCanHandle(String name) {
        assertThrows(IllegalArgumentException.class, () -> JvmSignal.handle(name, () -> {}));
    }

    private static void assertComes(CountDownLatch handled) throws ErrnoException, InterruptedException {
        Sys.linux().kill(ProcessHandle.current().pid(), NUMBER);
        assertTrue(handled.await(1, TimeUnit.MINUTES));
    }

    private static boolean isIgnored() throws IOException {
        return ProcStatus.parse(Files.readAllBytes(Path.of("/proc/self/status")))
                .bit("SigIgn", NUMBER - 1);
    }
}
