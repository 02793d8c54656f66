// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command does without the kernel module. */
class ZreapCommandTest {

    private static final int WRONG_COMMAND_LINE = 2;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            ZreapCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void helpTellsExitCodes() {
        assertEquals(ZreapCommand.DONE, command.execute("--help"));
        assertTrue(out.toString().contains("the kernel module is not loaded"), out.toString());
    }

    @Test
    void listsFromProc() {
        assertEquals(ZreapCommand.DONE, command.execute("list", "--from", "proc"));
        assertTrue(out.toString().startsWith("PID"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "1@", "4194305", "1 2"})
    void refusesWhatIsNoPid(String pid) {
        assertEquals(WRONG_COMMAND_LINE, command.execute("reap", pid));
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "--signal=KILL, SIGKILL tells nobody anything",
        "--signal=65, there is no signal 65",
        "--signal=usr1, there is no signal usr1",
        "--to=0, a PID is a number from 1 to 4194304",
        "--to=x, 'x' is not a long",
        "--min-age=60, '60' is no duration such as 500ms",
        "--min-age=-1s, '-1s' is no duration such as 500ms",
    })
    void refusesOptionsThatMakeNoSense(String option, String why) {
        assertEquals(WRONG_COMMAND_LINE, command.execute("adopt", option, "1"));
        assertTrue(err.toString().contains(why), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void refusesNobody() {
        assertEquals(WRONG_COMMAND_LINE, command.execute("reap"));
        assertEquals(WRONG_COMMAND_LINE, command.execute());
    }
}
