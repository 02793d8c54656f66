// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.zreap.Target;
import org.zreap.serve.records.RecordLine;

/** Entries of the record in the form of {@code zreap history}. Stateless. */
final class RecordedEntries implements RecordListing.Form {

    static final String[] HEADER = {"TIME", "RULE", "STEP", "PID", "NAME", "PPID", "PARENT", "STATUS", "TEXT"};

    /** The entries since a time, of the children of a process if one is named. */
    static Predicate<RecordLine> since(Instant time, Optional<Target> parent) {
        return line -> !line.time().isBefore(time) && (parent.isEmpty() || isOf(line, parent.get()));
    }

    private static boolean isOf(RecordLine line, Target parent) {
        return line.number("parent", "pid").stream().anyMatch(pid -> pid == parent.pid())
                && (parent.start().isEmpty() || parent.start().equals(line.number("parent", "start")));
    }

    @Override
    public List<String> cells(RecordLine line) {
        return List.of(
                Cells.moment(line.time()),
                Cells.of(line.text("rule")),
                Cells.of(line.text("step").or(() -> line.text("event")).or(() -> line.text("type"))),
                Cells.of(line.number("zombie", "pid")),
                Cells.of(line.text("zombie", "name")),
                Cells.of(line.number("parent", "pid")),
                Cells.of(line.text("parent", "name")),
                Cells.of(RecordedResults.status(line)),
                text(line));
    }

    private static String text(RecordLine line) {
        String zombies =
                line.text("zombies").map(number -> number + " zombies: ").orElse("");
        return zombies + line.text("explanation").or(() -> line.text("text")).orElse("");
    }

    @Override
    public void print(RecordLine line, PrintWriter out) {
        out.println(line.raw());
    }
}
