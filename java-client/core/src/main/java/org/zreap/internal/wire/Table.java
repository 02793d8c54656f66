// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table as the module writes it: a header line that names the columns, then rows. Cells are
 * separated by single spaces; only the last one may hold spaces or be empty.
 *
 * <p>Immutable and so thread-safe.
 */
public final class Table {

    private final Set<String> columns;
    private final List<Row> rows;

    private Table(Set<String> columns, List<Row> rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Parses a table.
     *
     * @param content all of it
     * @return the table
     * @throws MalformedAnswerException if it has no header, ends within a line, or has a row
     *     without all of its cells
     */
    public static Table parse(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\n")) {
            throw new MalformedAnswerException(
                    text.isEmpty() ? "there is no header line" : "the last line is cut short");
        }
        List<String> lines = Arrays.asList(text.substring(0, text.length() - 1).split("\n", -1));
        String[] names = lines.get(0).split(" ", -1);
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            columns.put(names[i], i);
        }
        return new Table(
                Set.copyOf(columns.keySet()),
                lines.stream().skip(1).map(line -> Row.parse(line, columns)).toList());
    }

    /**
     * Parses the header of a table from its beginning.
     *
     * @param beginning the first line, and perhaps more
     * @return the table, without rows
     * @throws MalformedAnswerException if the first line is not whole
     */
    public static Table parseHeader(byte[] beginning) {
        int length = 0;
        while (length < beginning.length && beginning[length] != '\n') {
            length++;
        }
        return parse(Arrays.copyOf(beginning, Math.min(length + 1, beginning.length)));
    }

    /**
     * Checks that there are these columns.
     *
     * @param required their names
     * @return this table
     * @throws MalformedAnswerException if one is missing
     */
    public Table requireColumns(List<String> required) {
        for (String column : required) {
            if (!columns.contains(column)) {
                throw new MalformedAnswerException("there is no column " + column);
            }
        }
        return this;
    }

    /** The rows, without the header. */
    public List<Row> rows() {
        return rows;
    }
}
