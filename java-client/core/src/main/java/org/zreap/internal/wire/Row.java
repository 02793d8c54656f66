// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.zreap.CommandName;
import org.zreap.ExitStatus;

/**
 * A row of an answer, such as a {@link Table}. A column that it lacks and a cell that is {@code -}
 * are both absent.
 *
 * <p>Immutable and so thread-safe.
 */
public final class Row {

    /** The text of an empty cell. */
    public static final String ABSENT = "-";

    private static final long HIDDEN = 0;

    private final Map<String, Integer> columns;
    private final List<String> cells;

    private Row(Map<String, Integer> columns, List<String> cells) {
        this.columns = columns;
        this.cells = cells;
    }

    /**
     * A row that was not parsed from a line.
     *
     * @param columns which cell is in which column; shared by all rows of an answer
     * @param cells one for each column, as a table would have it
     */
    public static Row of(Map<String, Integer> columns, List<String> cells) {
        return new Row(columns, cells);
    }

    static Row parse(String line, Map<String, Integer> columns) {
        List<String> cells = Arrays.asList(line.split(" ", columns.size()));
        if (cells.size() < columns.size()) {
            throw new MalformedAnswerException("a row has " + cells.size() + " cells instead of " + columns.size());
        }
        return new Row(columns, cells);
    }

    /** The text of a cell, which must be there. */
    public String text(String column) {
        return required(column, cell(column));
    }

    /** The text of a cell, if it is there. */
    public Optional<String> optionalText(String column) {
        return cell(column);
    }

    /** The decimal number in a cell, if it is there. */
    public Optional<Long> number(String column) {
        return cell(column).map(text -> parsed(column, text, Long::valueOf));
    }

    /** The decimal number in a cell, which must be there. */
    public long requiredNumber(String column) {
        return required(column, number(column));
    }

    /** The same as {@link #number}, as the public types have it. */
    public OptionalLong optionalNumber(String column) {
        return number(column).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /**
     * The PID in a cell, if it is there and not 0. It is 0 for a process that the reader cannot
     * see.
     */
    public OptionalLong visiblePid(String column) {
        return number(column).filter(pid -> pid != HIDDEN).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** The milliseconds in a cell, if they are there. */
    public Optional<Duration> millis(String column) {
        return number(column).map(Duration::ofMillis);
    }

    /** The wait status in a cell, if it is there. */
    public Optional<ExitStatus> status(String column) {
        return cell(column)
                .map(text -> parsed(column, text, status -> ExitStatus.ofWaitStatus(Integer.parseInt(status))));
    }

    /**
     * The process name in a cell, if it is there. The module escapes the name {@code -}.
     */
    public Optional<CommandName> name(String column) {
        return cell(column).map(text -> CommandName.of(unescape(column, text)));
    }

    private Optional<String> cell(String column) {
        return Optional.ofNullable(columns.get(column)).map(cells::get).filter(text -> !text.equals(ABSENT));
    }

    private static <T> T required(String column, Optional<T> value) {
        return value.orElseThrow(() -> new MalformedAnswerException("a row has no " + column));
    }

    private static <T> T parsed(String column, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw malformed(column, text);
        }
    }

    private static byte[] unescape(String column, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                if (i + 4 > text.length()) {
                    throw malformed(column, text);
                }
                int value = 0;
                for (int digit = 0; digit < 3; digit++) {
                    char c = text.charAt(++i);
                    if (c < '0' || c > '7') {
                        throw malformed(column, text);
                    }
                    value = value << 3 | (c - '0');
                }
                bytes.write(value);
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    private static MalformedAnswerException malformed(String column, String text) {
        return new MalformedAnswerException(column + " is " + CommandName.of(text));
    }
}
