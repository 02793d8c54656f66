// SPDX-License-Identifier: Apache-2.0
package org.zreap.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.zreap.ExitStatus;

class JsonLinesTest {

    private enum Word {
        NOT_PERMITTED
    }

    private final StringWriter out = new StringWriter();
    private final JsonLines lines = new JsonLines(new PrintWriter(out));

    @Test
    void printsAnObjectALineWithItsVersion() {
        lines.print(fields -> fields.flag("on", true));
        lines.print(fields -> fields.object("inner", one -> one.texts("words", List.of("a", "b"))));

        assertEquals(
                "{\"version\":1,\"on\":true}\n{\"version\":1,\"inner\":{\"words\":[\"a\",\"b\"]}}\n", out.toString());
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        lines.print(fields -> {
            fields.text("name", Optional.empty());
            fields.number("count", OptionalLong.empty());
            fields.number("age", Optional.<Long>empty());
            fields.status(Optional.empty());
        });

        assertEquals("{\"version\":1}\n", out.toString());
    }

    @Test
    void escapesWhatControlsATerminal() {
        lines.print(fields -> fields.text("name", "\u001b[2J\n\u009b\"\u00e9"));

        assertEquals("{\"version\":1,\"name\":\"\\u001B[2J\\n\\u009B\\\"\\u00E9\"}\n", out.toString());
    }

    @Test
    void tellsHowAProcessEnded() {
        lines.print(fields -> {
            fields.word("word", Word.NOT_PERMITTED);
            fields.status(Optional.of(new ExitStatus.Exited(7)));
        });
        lines.print(fields -> fields.status(Optional.of(new ExitStatus.Signalled(9, true))));

        assertEquals(
                "{\"version\":1,\"word\":\"not-permitted\",\"exitCode\":7}\n"
                        + "{\"version\":1,\"signal\":9,\"signalName\":\"SIGKILL\",\"coreDumped\":true}\n",
                out.toString());
    }
}
