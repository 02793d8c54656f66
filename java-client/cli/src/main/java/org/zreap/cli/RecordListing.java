// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.zreap.serve.records.RecordLine;
import org.zreap.serve.records.RecordReader;

/**
 * Prints entries of the record of the service.
 *
 * <p>Not thread-safe: for one command.
 */
final class RecordListing {

    /** How it prints an entry. */
    interface Form {

        /** The row of an entry. */
        List<String> cells(RecordLine line);

        /** The JSON of an entry, as a line. */
        void print(RecordLine line, PrintWriter out);
    }

    private final TextTable rows;
    private final Form form;

    RecordListing(Form form, String... header) {
        this.rows = new TextTable(header);
        this.form = form;
    }

    /** Prints the entries of a file that a test selects, as JSON or as a table. */
    void print(
            Path file, Predicate<RecordLine> test, boolean json, TableOption table, PrintWriter out, PrintWriter err) {
        long foreign = RecordReader.read(file, line -> {
            if (!test.test(line)) {
                return;
            }
            if (json) {
                form.print(line, out);
            } else {
                rows.add(form.cells(line).toArray(String[]::new));
            }
        });
        if (foreign > 0) {
            err.println("zreap: " + file + " has lines that are no entries: " + foreign);
        }
        if (!json) {
            table.print(rows, out);
        }
        out.flush();
    }
}
