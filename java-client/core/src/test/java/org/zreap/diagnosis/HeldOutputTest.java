// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.diagnosis.Finding.Kind;

/** An ended child left a process behind that holds its output open, and the parent polls that output. */
class HeldOutputTest extends OneZombie {

    private static final String READS = "flags:\t00\n";
    private static final String WRITES = "flags:\t01\n";

    @ParameterizedTest
    @CsvSource({
        "poll_schedule_timeout, pipe:[7], true, pipe:[7], true, PARENT_READS_PIPE",
        "do_select, pipe:[7], true, pipe:[7], true, PARENT_READS_PIPE",
        "futex_wait_queue, pipe:[7], true, pipe:[7], true, NEVER_WAITS",
        "poll_schedule_timeout, pipe:[7], false, pipe:[7], true, NEVER_WAITS", // it writes to the same pipe
        "poll_schedule_timeout, pipe:[7], true, pipe:[7], false, NEVER_WAITS", // both read from it
        "poll_schedule_timeout, pipe:[7], true, pipe:[8], true, NEVER_WAITS",
        "poll_schedule_timeout, /dev/null, true, /dev/null, true, NEVER_WAITS", // no output of a child
    })
    void needsAReaderThatPollsAndAWriterThatIsLeft(
            String wchan, String polled, boolean reads, String held, boolean writes, Kind kind) throws IOException {
        parent().sigchld(false, false, false)
                .wchan(wchan)
                .link("fd/5", polled)
                .file("fdinfo/5", reads ? READS : WRITES)
                .write();
        tree.process(21).zombieOf(PARENT, 0).session(21, "21").write();
        tree.process(30)
                .parent(1)
                .session(21, "21")
                .link("fd/1", held)
                .file("fdinfo/1", writes ? WRITES : READS)
                .write();

        assertEquals(kind, diagnose().finding().kind());
    }
}
