// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.adopt;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.zreap.internal.proc.ProcStatus;

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

    private static boolean isIgnored() throws IOException {
        return ProcStatus.parse(Files.readAllBytes(Path.of("/proc/self/status")))
                .bit("SigIgn", NUMBER - 1);
    }
}
