// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the user of the live screen has chosen, and what each key changes.
 *
 * <p>Not thread-safe.
 */
final class TopState {

    /** What a key asks for beyond the screen. */
    sealed interface Wish {

        /** Nothing. */
        record Nothing() implements Wish {}

        /** To leave the screen. */
        record Quit() implements Wish {}

        /** A text about the zombies of a parent, for a pane. */
        record Explain(TopRow parent, TopPane pane) implements Wish {}

        /** To fix the zombies of a parent, and to tell it in a pane. */
        record Fix(TopRow parent, TopPane pane) implements Wish {}
    }

    private static final Wish NOTHING = new Wish.Nothing();
    private static final int PAGE = 10;
    private static final int LONGEST_FILTER = 64;

    private TopLook look;
    private TopOrder order;
    private String filter = "";
    private boolean isTyping;
    private int selected;
    private Optional<String> failure = Optional.empty();
    private Optional<TopPane> pane = Optional.empty();
    private Optional<TopRow> asked = Optional.empty();

    TopState(TopLook look, TopOrder order) {
        this.look = look;
        this.order = order;
    }

    /** Takes another look in. The chosen parent stays chosen. */
    void see(TopLook next) {
        failure = Optional.empty();
        keep(() -> look = next);
    }

    /** The last look failed; what the one before saw stays. */
    void fail(String why) {
        failure = Optional.of(why);
    }

    private void keep(Runnable change) {
        Optional<Long> pid = selectedRow().map(TopRow::pid);
        change.run();
        List<TopRow> rows = rows();
        selected = Math.max(0, Math.min(selected, rows.size() - 1));
        for (int i = 0; i < rows.size(); i++) {
            if (pid.equals(Optional.of(rows.get(i).pid()))) {
                selected = i;
            }
        }
    }

    TopLook look() {
        return look;
    }

    /** What people must know: why the last look failed, or what it lacks. */
    Optional<String> note() {
        return failure.or(look::note);
    }

    TopOrder order() {
        return order;
    }

    String filter() {
        return filter;
    }

    /** Whether keys go into the filter. */
    boolean isTyping() {
        return isTyping;
    }

    Optional<TopPane> pane() {
        return pane;
    }

    /** The rows that the filter leaves, in order. */
    List<TopRow> rows() {
        String wanted = filter.toLowerCase(Locale.ROOT);
        return look.rows().stream()
                .filter(row -> row.texts()
                        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted)))
                .sorted(order.comparator())
                .toList();
    }

    int selected() {
        return selected;
    }

    Optional<TopRow> selectedRow() {
        List<TopRow> rows = rows();
        return selected < rows.size() ? Optional.of(rows.get(selected)) : Optional.empty();
    }

    /** Does what a key says. */
    Wish press(TopKey key) {
        if (key.kind() == TopKey.Kind.INTERRUPT) {
            return new Wish.Quit();
        }
        if (isTyping) {
            type(key);
            return NOTHING;
        }
        if (pane.filter(one -> one.kind() == TopPane.Kind.CONFIRMATION).isPresent()) {
            return answer(key);
        }
        return switch (key.kind()) {
            case UP -> move(-1);
            case DOWN -> move(1);
            case PAGE_UP -> move(-PAGE);
            case PAGE_DOWN -> move(PAGE);
            case HOME -> move(-look.rows().size());
            case END -> move(look.rows().size());
            case ENTER -> explain();
            case ESCAPE -> escape();
            case CHARACTER -> command(key.character());
            default -> NOTHING;
        };
    }

    private Wish command(char character) {
        return switch (character) {
            case 'q' -> new Wish.Quit();
            case 'j' -> move(1);
            case 'k' -> move(-1);
            case 's' -> {
                keep(() -> order = order.next());
                yield NOTHING;
            }
            case '/' -> {
                isTyping = true;
                yield NOTHING;
            }
            case 'e' -> explain();
            case 'f' -> confirm();
            case '?', 'h' -> show(TopPane.help());
            case ' ' -> scroll(1);
            case 'b' -> scroll(-1);
            default -> NOTHING;
        };
    }

    private void type(TopKey key) {
        switch (key.kind()) {
            case ENTER -> isTyping = false;
            case ESCAPE -> {
                isTyping = false;
                keep(() -> filter = "");
            }
            case BACKSPACE -> keep(() -> filter = filter.isEmpty() ? "" : filter.substring(0, filter.length() - 1));
            case CHARACTER -> {
                if (key.character() != 0 && filter.length() < LONGEST_FILTER) {
                    keep(() -> filter += key.character());
                }
            }
            default -> {
                // other keys change no text
            }
        }
    }

    private Wish move(int by) {
        selected = Math.max(0, Math.min(selected + by, rows().size() - 1));
        return NOTHING;
    }

    private Wish scroll(int pages) {
        pane.ifPresent(one -> one.scroll(pages * PAGE, Math.max(0, one.lines().size() - 1)));
        return NOTHING;
    }

    private Wish escape() {
        if (pane.isPresent()) {
            pane = Optional.empty();
        } else {
            keep(() -> filter = "");
        }
        return NOTHING;
    }

    private Wish show(TopPane next) {
        pane = Optional.of(next);
        return NOTHING;
    }

    private Wish explain() {
        Optional<TopRow> row = selectedRow();
        if (row.isEmpty()) {
            return NOTHING;
        }
        TopPane text = TopPane.empty("Why: " + row.get().title());
        show(text);
        return new Wish.Explain(row.get(), text);
    }

    private Wish confirm() {
        Optional<TopRow> row = selectedRow();
        if (row.isEmpty()) {
            return NOTHING;
        }
        String title = "Fix: " + row.get().title();
        if (row.get().identity().isEmpty()) {
            TopPane text = TopPane.empty(title);
            text.add("zreap cannot see this parent from here, and does not act on it. Name the zombies: zreap fix PID");
            return show(text);
        }
        asked = row;
        String advice = row.get().advice();
        return show(TopPane.confirmation(
                title,
                List.of(
                        "Fix its zombies (" + row.get().zombies()
                                + " now)? Steps until each is gone: nudge, adopt, reap. No step kills the parent.",
                        advice.isEmpty()
                                ? "The cause is not known yet; enter or e finds it out."
                                : "zreap why says: " + advice,
                        "y fixes them, any other key does not.")));
    }

    private Wish answer(TopKey key) {
        pane = Optional.empty();
        if (!key.equals(TopKey.of('y')) || asked.isEmpty()) {
            return NOTHING;
        }
        TopPane text = TopPane.following("Fix: " + asked.get().title());
        show(text);
        return new Wish.Fix(asked.get(), text);
    }
}
