// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import org.zreap.cli.TopLine.Tone;
import org.zreap.diagnosis.TaskLimit;

/**
 * Draws the live screen as lines of text.
 *
 * @param sparks the bars for the last minutes
 * @param width the columns of the screen
 * @param height the lines of the screen
 */
record TopView(Sparks sparks, int width, int height) {

    private static final String KEYS = "? help  s sort  / filter  e explain  f fix  q quit";
    private static final int NARROW = 100;
    private static final int NARROW_TREND = 10;
    private static final int LONGEST_NAME = 15;
    private static final int CAUSE_WIDTH = 24;
    private static final int SMALLEST_REST = 12;
    private static final int SMALLEST_PLACE = 12;
    private static final int LONGEST_PLACE = 40;

    /** The columns of a place, by their number in {@link Places#HEADER}: those that tell the most first. */
    private static final List<Integer> PLACES_BY_USE = List.of(1, 3, 0, 2);

    /** Its heading and one row. */
    private static final int SMALLEST_TABLE = 2;

    /** Where the texts of zreap why begin. */
    private static final int INDENT = 12;

    private static final char FIRST_PRINTABLE = ' ';
    private static final char LAST_PRINTABLE = '~';

    /** A column: its heading, what sorts by it, its cells, and whether these stand at its right end. */
    private record Column(
            String heading, Optional<TopOrder> order, Function<TopRow, String> cell, int mostWide, boolean isNumber) {

        int width(List<TopRow> rows) {
            int widest = rows.stream().map(cell).mapToInt(String::length).max().orElse(0);
            return Math.max(heading.length() + 1, Math.min(mostWide, widest));
        }
    }

    /** The lines, as many as the screen has. */
    List<TopLine> draw(TopState state) {
        List<TopLine> lines = new ArrayList<>();
        lines.add(line(summary(state), Tone.PLAIN));
        state.note().ifPresent(note -> wrap(note).forEach(text -> lines.add(line(text, Tone.WARNING))));

        List<TopLine> below = new ArrayList<>();
        state.selectedRow().ifPresent(row -> below.add(line(detail(row), Tone.PLAIN)));
        int space = height - lines.size() - below.size() - SMALLEST_TABLE - 1;
        state.pane().ifPresent(pane -> addPane(pane, Math.min(space, height * 2 / 3), below));
        below.add(line(footer(state), Tone.HEADING));

        addTable(state, Math.max(SMALLEST_TABLE, height - lines.size() - below.size()), lines);
        while (lines.size() + below.size() < height) {
            lines.add(line("", Tone.PLAIN));
        }
        lines.addAll(below);
        return lines.subList(Math.max(0, lines.size() - height), lines.size());
    }

    private static String summary(TopState state) {
        TopLook look = state.look();
        return "zreap top   zombies: " + look.zombies() + "   parents: "
                + look.rows().size() + look.machine().map(TopView::tasks).orElse("");
    }

    private static String tasks(TaskLimit machine) {
        return "   tasks of the machine: " + machine.current() + " of " + Cells.of(machine.max()) + ", room "
                + machine.roomPercent() + "%";
    }

    private static String footer(TopState state) {
        if (state.isTyping()) {
            return "filter: " + state.filter() + "_   enter keeps it, escape shows all";
        }
        return KEYS + (state.filter().isEmpty() ? "" : "   filter: " + state.filter());
    }

    private static String detail(TopRow row) {
        return row.title()
                + (row.where().isEmpty() ? "" : "  " + row.where())
                + (row.cause().isEmpty() ? "" : "  " + row.cause());
    }

    private void addTable(TopState state, int space, List<TopLine> lines) {
        List<TopRow> rows = state.rows();
        List<Column> columns = columns(rows);
        int[] widths = columns.stream().mapToInt(column -> column.width(rows)).toArray();
        StringBuilder heading = new StringBuilder(" ");
        for (int i = 0; i < widths.length; i++) {
            Column column = columns.get(i);
            String mark = column.order().equals(Optional.of(state.order())) ? "*" : "";
            heading.append(' ').append(cell(column.heading() + mark, widths[i], column.isNumber()));
        }
        lines.add(line(heading.toString(), Tone.HEADING));
        int visible = space - 1;
        int first = Math.max(0, Math.min(state.selected() - visible / 2, rows.size() - visible));
        for (int i = first; i < Math.min(rows.size(), first + visible); i++) {
            StringBuilder text = new StringBuilder(i == state.selected() ? ">" : " ");
            for (int j = 0; j < widths.length; j++) {
                String cell = columns.get(j).cell().apply(rows.get(i));
                text.append(' ').append(cell(cell, widths[j], columns.get(j).isNumber()));
            }
            lines.add(line(text.toString(), i == state.selected() ? Tone.CHOSEN : Tone.PLAIN));
        }
        if (rows.isEmpty()) {
            lines.add(line(state.filter().isEmpty() ? "  no zombies" : "  the filter leaves nothing", Tone.PLAIN));
        }
    }

    private List<Column> columns(List<TopRow> rows) {
        int trend = width < NARROW ? NARROW_TREND : TopLooks.TREND_STEPS;
        List<Column> columns = new ArrayList<>(List.of(
                number("ZOMBIES", TopOrder.ZOMBIES, row -> Integer.toString(row.zombies())),
                new Column("LAST 5 MIN", Optional.empty(), row -> sparks.of(row.trend(), trend), trend, false),
                number("/MIN", TopOrder.BIRTHS, row -> of(row.birthsPerMinute(), "")),
                number("OLDEST", TopOrder.OLDEST, row -> Cells.age(row.oldest())),
                number("ROOM", TopOrder.ROOM, row -> of(row.roomPercent(), "%")),
                number("PPID", TopOrder.PPID, row -> Long.toString(row.pid())),
                new Column("PARENT", Optional.of(TopOrder.PARENT), TopRow::name, LONGEST_NAME, false)));
        boolean isWide = rows.stream().anyMatch(row -> row.place().isPresent());
        if (isWide) {
            Function<TopRow, String> inner =
                    row -> row.place().map(TopPlace::innerPid).orElse("");
            columns.add(new Column(Places.INNER, Optional.empty(), inner, Integer.MAX_VALUE, true));
            columns.addAll(places(rows, rest(columns, rows) - CAUSE_WIDTH - 1));
        }
        int rest = rest(columns, rows);
        if (!isWide && rest >= CAUSE_WIDTH + 1 + SMALLEST_PLACE) {
            columns.add(new Column("WHERE", Optional.empty(), TopRow::where, rest - CAUSE_WIDTH - 1, false));
        }
        if (rest >= SMALLEST_REST) {
            columns.add(new Column("CAUSE", Optional.empty(), TopRow::cause, CAUSE_WIDTH, false));
        }
        return columns;
    }

    /** How many columns of the screen these leave. */
    private int rest(List<Column> columns, List<TopRow> rows) {
        return width
                - 1
                - columns.stream().mapToInt(column -> column.width(rows) + 1).sum()
                - 1;
    }

    /** What fits of the columns of a place, in their order. */
    private static List<Column> places(List<TopRow> rows, int space) {
        Map<Integer, Column> fitting = new TreeMap<>();
        int left = space;
        for (int number : PLACES_BY_USE) {
            Column column = new Column(
                    Places.HEADER.get(number),
                    Optional.empty(),
                    row -> row.place().map(place -> place.cells().get(number)).orElse(""),
                    LONGEST_PLACE,
                    false);
            int needed = column.width(rows) + 1;
            if (needed <= left) {
                fitting.put(number, column);
                left -= needed;
            }
        }
        return List.copyOf(fitting.values());
    }

    private static Column number(String heading, TopOrder order, Function<TopRow, String> cell) {
        return new Column(heading, Optional.of(order), cell, Integer.MAX_VALUE, true);
    }

    private static String of(OptionalInt number, String unit) {
        return number.isPresent() ? number.getAsInt() + unit : "-";
    }

    private static String cell(String text, int width, boolean isNumber) {
        String cut = text.substring(0, Math.min(width, text.length()));
        String blanks = " ".repeat(width - cut.length());
        return isNumber ? blanks + cut : cut + blanks;
    }

    private void addPane(TopPane pane, int most, List<TopLine> lines) {
        List<String> wrapped =
                pane.lines().stream().flatMap(text -> wrap(text).stream()).toList();
        int space = Math.max(1, Math.min(wrapped.size(), most - 1));
        int first = Math.min(pane.firstLine(), Math.max(0, wrapped.size() - space));
        boolean isCut = wrapped.size() > space;
        String place = isCut
                ? String.format(Locale.ROOT, "   lines %d-%d of %d", first + 1, first + space, wrapped.size())
                : "";
        lines.add(line("-- " + pane.title() + place + "   escape closes", Tone.HEADING));
        if (wrapped.isEmpty()) {
            lines.add(line("...", Tone.PLAIN));
        }
        wrapped.subList(first, Math.min(wrapped.size(), first + space))
                .forEach(text -> lines.add(line(text, Tone.PLAIN)));
    }

    /** Cuts between words where it can. Further lines begin below the text of a line such as "cause  text". */
    private List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        String indent = "";
        while (indent.length() + rest.length() > width && width > 2 * INDENT) {
            int space = width - indent.length();
            int end = rest.lastIndexOf(' ', space);
            if (end <= 0 || (end <= INDENT && indent.isEmpty())) {
                end = space;
            }
            lines.add(indent + rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
            indent = " ".repeat(INDENT);
        }
        lines.add(indent + rest);
        return lines;
    }

    private TopLine line(String text, Tone tone) {
        String cut = text.length() > width ? text.substring(0, width) : text;
        return new TopLine(printable(cut), tone);
    }

    /** Nothing that a process or a cgroup is called may control the terminal or take two columns. */
    private String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean isPlain = character >= FIRST_PRINTABLE && character <= LAST_PRINTABLE;
            safe.append(isPlain || sparks.has(character) ? character : '?');
        }
        return safe.toString();
    }
}
