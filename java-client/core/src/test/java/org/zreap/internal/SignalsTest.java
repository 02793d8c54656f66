// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.FakeModule;
import org.zreap.ProcessIdentity;
import org.zreap.ZreapException;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.sys.ErrnoException;

class SignalsTest {

    private static final ProcessIdentity PROCESS = new ProcessIdentity(77, 345);

    @TempDir
    private Path proc;

    @ParameterizedTest
    @CsvSource({
        "38, 5.3 or newer", // ENOSYS
        "24, limit on open files", // EMFILE
        "23, limit on open files", // ENFILE
        "12, free memory", // ENOMEM
        "22, pidfd_open(2)" // EINVAL
    })
    void saysWhatToDoAboutFailures(int errno, String remedy) {
        ZreapException e =
                assertThrows(ZreapException.class, () -> failing(errno).send(PROCESS, 17));

        assertTrue(e.remedy().contains(remedy), e.remedy());
        assertEquals(OptionalInt.of(errno), e.errno());
    }

    @ParameterizedTest
    @CsvSource({"3, GONE", "1, DENIED", "13, DENIED"}) // ESRCH, EPERM, EACCES
    void takesSomeForOutcomes(int errno, Signals.Outcome outcome) {
        assertEquals(outcome, failing(errno).send(PROCESS, 17));
    }

    private Signals failing(int errno) {
        FakeModule kernel = new FakeModule() {
            @Override
            public int pidfdOpen(long pid) throws ErrnoException {
                throw new ErrnoException("pidfd_open", errno);
            }
        };
        return new Signals(kernel, new ProcFs(proc));
    }
}
