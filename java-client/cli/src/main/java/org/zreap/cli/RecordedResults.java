// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.ExitStatus;
import org.zreap.json.JsonFields;
import org.zreap.json.JsonLines;
import org.zreap.serve.records.RecordLine;

/** The results in the record of the service, in the form of {@code zreap recent}. Stateless. */
final class RecordedResults implements RecordListing.Form {

    private static final String ZOMBIE = "zombie";

    /** Whether an entry has a result of the kernel module. */
    static boolean isResult(RecordLine line) {
        return line.text("result").isPresent() && line.number(ZOMBIE, "pid").isPresent();
    }

    /** How a zombie had ended. */
    static Optional<ExitStatus> status(RecordLine line) {
        OptionalLong code = line.number(ZOMBIE, "exitCode");
        OptionalLong signal = line.number(ZOMBIE, "signal");
        if (code.isPresent()) {
            return Optional.of(new ExitStatus.Exited((int) code.getAsLong()));
        }
        return signal.isPresent()
                ? Optional.of(new ExitStatus.Signalled((int) signal.getAsLong(), line.flag(ZOMBIE, "coreDumped")))
                : Optional.empty();
    }

    @Override
    public List<String> cells(RecordLine line) {
        return List.of(
                Cells.moment(line.time()),
                Cells.of(line.text("step")),
                Cells.of(OptionalLong.empty()),
                Cells.of(OptionalLong.empty()),
                Cells.of(line.number(ZOMBIE, "pid")),
                Cells.of(line.number(ZOMBIE, "start")),
                Cells.of(line.text(ZOMBIE, "name")),
                Cells.of(line.text("result")),
                Cells.of(line.text("explanation")));
    }

    @Override
    public void print(RecordLine line, PrintWriter out) {
        new JsonLines(out).print(fields -> write(fields, line));
    }

    private static void write(JsonFields fields, RecordLine line) throws IOException {
        fields.text("type", "result");
        fields.text("time", line.time());
        fields.text("verb", line.text("step"));
        fields.number("pid", line.number(ZOMBIE, "pid"));
        fields.number("start", line.number(ZOMBIE, "start"));
        fields.text("result", line.text("result"));
        fields.text("explanation", line.text("explanation"));
        fields.text("name", line.text(ZOMBIE, "name"));
        fields.number("parentPid", line.number("parent", "pid"));
        fields.text("parentName", line.text("parent", "name"));
        fields.number("ageMillis", line.number(ZOMBIE, "ageMillis"));
        fields.status(status(line));
    }
}
