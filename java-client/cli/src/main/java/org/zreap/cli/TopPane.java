// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The lower part of the live screen, with a text to read.
 *
 * <p>Not thread-safe.
 */
final class TopPane {

    /** What a pane is for. */
    enum Kind {
        TEXT,
        CONFIRMATION
    }

    private static final List<String> HELP = List.of(
            "up, down, j, k    choose a parent; page up, page down, home, end too",
            "s                 sort by the next column: zombies, births, oldest, room, ppid, parent",
            "/                 show only parents with a text in name, PID, place or cause; escape shows all",
            "enter, e          explain the zombies of the chosen parent, as zreap why does",
            "f                 fix them, as zreap fix --parent does; asks before",
            "space, b          scroll this text",
            "escape            close this text",
            "ctrl-l            draw the screen anew",
            "q, ctrl-c         quit",
            "",
            "LAST 5 MIN  the zombies of this parent in steps of 15 seconds; blank before the start of this screen",
            "/MIN        zombies that came in the last minute, as far as zreap saw them",
            "ROOM        the share that is left of the tightest limit for PIDs: of the parent's cgroups or the"
                    + " machine");

    private static final int MOST_LINES = 1000;

    private final Kind kind;
    private final String title;
    private final List<String> lines;
    private int firstLine;

    private TopPane(Kind kind, String title, List<String> lines) {
        this.kind = kind;
        this.title = title;
        this.lines = new ArrayList<>(lines);
    }

    static TopPane help() {
        return new TopPane(Kind.TEXT, "Help", HELP);
    }

    /** A pane for lines that come later. */
    static TopPane empty(String title) {
        return new TopPane(Kind.TEXT, title, List.of());
    }

    /** A pane for lines that come later, which shows the last of them until it is scrolled. */
    static TopPane following(String title) {
        TopPane pane = empty(title);
        pane.firstLine = Integer.MAX_VALUE;
        return pane;
    }

    static TopPane confirmation(String title, List<String> lines) {
        return new TopPane(Kind.CONFIRMATION, title, lines);
    }

    Kind kind() {
        return kind;
    }

    String title() {
        return title;
    }

    List<String> lines() {
        return lines;
    }

    /** Adds a line. It keeps only the last ones of a very long text. */
    void add(String line) {
        if (lines.size() == MOST_LINES) {
            lines.remove(0);
        }
        lines.add(line);
    }

    /** The first line that is wanted at the top. */
    int firstLine() {
        return firstLine;
    }

    /** Scrolls, as far as the lines reach. */
    void scroll(int by, int lastFirstLine) {
        firstLine = Math.max(0, Math.min(Math.min(firstLine, lastFirstLine) + by, lastFirstLine));
    }
}
