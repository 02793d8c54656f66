// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.internal.proc.ProcStat;

class ProcessIdentityTest {

    private static final ProcessHandle SELF = ProcessHandle.current();

    @Test
    void isFoundByPidAndByHandle() throws IOException {
        Optional<ProcessIdentity> self = Optional.of(
                ProcStat.parse(Files.readAllBytes(Path.of("/proc/self/stat"))).identity());

        assertEquals(self, ProcessIdentity.of(SELF.pid()));
        assertEquals(self, ProcessIdentity.of(SELF));
    }

    @Test
    void isNotThereAfterTheProcess() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();

        assertEquals(Optional.empty(), ProcessIdentity.of(process.pid()));
        assertEquals(Optional.empty(), ProcessIdentity.of(process.toHandle()));
    }

    @Test
    void isNotThatOfAThread() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            long thread = tasks.mapToLong(
                            task -> Long.parseLong(task.getFileName().toString()))
                    .filter(id -> id != SELF.pid())
                    .findFirst()
                    .orElseThrow();

            assertTrue(Files.exists(Path.of("/proc/" + thread + "/stat")));
            assertEquals(Optional.empty(), ProcessIdentity.of(thread));
        }
    }

    /** The handle of a former process whose PID this one has now. */
    @Test
    void isNotThatOfTheNextOwnerOfThePid() {
        ProcessHandle former = (ProcessHandle) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ProcessHandle.class},
                (proxy, method, arguments) -> method.getName().equals("pid") ? (Object) SELF.pid() : false);

        assertEquals(Optional.empty(), ProcessIdentity.of(former));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, Target.MAX_PID + 1})
    void refusesWhatIsNoPid(long pid) {
        assertThrows(IllegalArgumentException.class, () -> ProcessIdentity.of(pid));
    }
}
