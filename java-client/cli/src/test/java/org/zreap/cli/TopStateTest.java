// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What each key of the live screen changes. */
class TopStateTest {

    private final TopState state = new TopState(TopRows.three(), TopOrder.ZOMBIES);

    @Test
    void sortsByTheNextColumn() {
        assertEquals(List.of(811L, 133L, 4242L), pids());
        press("s"); // births
        assertEquals(List.of(4242L, 811L, 133L), pids());
        press("s"); // oldest
        assertEquals(List.of(811L, 133L, 4242L), pids());
        press("s"); // room
        assertEquals(List.of(811L, 133L, 4242L), pids());
        press("s"); // ppid
        assertEquals(List.of(133L, 811L, 4242L), pids());
        press("s"); // parent
        assertEquals(
                List.of("chrome", "java", "nightly.sh"),
                state.rows().stream().map(TopRow::name).toList());
        press("s");
        assertEquals(TopOrder.ZOMBIES, state.order());
    }

    @Test
    void keepsTheChosenParentWhereverItGoes() {
        press("j");
        assertEquals(133, chosen());
        press("s");
        assertEquals(133, chosen());
        state.see(TopRows.look(
                TopRows.row(1, "init", 900, 0, "", ""),
                TopRows.row(133, "java", 84, 1, "app.service", ""),
                TopRows.row(811, "chrome", 2, 0, "", "")));
        assertEquals(133, chosen());
        state.see(TopRows.look(TopRows.row(1, "init", 900, 0, "", "")));
        assertEquals(1, chosen());
        state.see(TopRows.look());
        assertEquals(Optional.empty(), state.selectedRow());
        for (TopKey.Kind kind : TopKey.Kind.values()) {
            if (kind != TopKey.Kind.INTERRUPT) {
                assertEquals(new TopState.Wish.Nothing(), state.press(TopKey.of(kind)), kind.name());
            }
        }
        assertEquals(new TopState.Wish.Nothing(), press("f"));
    }

    @Test
    void movesNoFurtherThanTheRows() {
        press("k");
        assertEquals(811, chosen());
        state.press(TopKey.of(TopKey.Kind.PAGE_DOWN));
        assertEquals(4242, chosen());
        press("j");
        assertEquals(4242, chosen());
        state.press(TopKey.of(TopKey.Kind.HOME));
        assertEquals(811, chosen());
        state.press(TopKey.of(TopKey.Kind.END));
        assertEquals(4242, chosen());
    }

    @Test
    void filtersWhileItIsTyped() {
        press("/CHR");
        assertTrue(state.isTyping());
        assertEquals(List.of(811L), pids());
        state.press(TopKey.of(TopKey.Kind.BACKSPACE));
        state.press(TopKey.of(TopKey.Kind.BACKSPACE));
        state.press(TopKey.of(TopKey.Kind.BACKSPACE));
        state.press(TopKey.of(TopKey.Kind.BACKSPACE));
        assertEquals(3, pids().size());
        press("app.s");
        state.press(TopKey.of(TopKey.Kind.ENTER));
        assertEquals(List.of(133L), pids());
        press("x"); // no key of the screen
        assertEquals("app.s", state.filter());
        state.press(TopKey.of(TopKey.Kind.ESCAPE));
        assertEquals(3, pids().size());
        press("/before-exec");
        assertEquals(List.of(133L), pids());
        state.press(TopKey.of(TopKey.Kind.ESCAPE));
        press("/4242");
        assertEquals(List.of(4242L), pids());
        assertEquals(new TopState.Wish.Nothing(), press("q"));
        assertEquals(new TopState.Wish.Quit(), state.press(TopKey.of(TopKey.Kind.INTERRUPT)));
    }

    @Test
    void explainsTheChosenParent() {
        press("j");
        TopState.Wish.Explain wish = assertInstanceOf(TopState.Wish.Explain.class, press("e"));
        assertEquals(133, wish.parent().pid());
        wish.pane().add("cause       nobody waits");
        assertEquals(
                List.of("cause       nobody waits"), state.pane().orElseThrow().lines());
        state.press(TopKey.of(TopKey.Kind.ESCAPE));
        assertEquals(Optional.empty(), state.pane());
    }

    @Test
    void fixesOnlyAfterYes() {
        for (String other : List.of("n", "Y", " ", "f", "q")) {
            press("f");
            assertEquals(TopPane.Kind.CONFIRMATION, state.pane().orElseThrow().kind());
            assertEquals(new TopState.Wish.Nothing(), press(other), other);
            assertEquals(Optional.empty(), state.pane());
        }
        press("f");
        String question = String.join("\n", state.pane().orElseThrow().lines());
        assertTrue(question.contains("120 now"), question);
        assertTrue(question.contains("zreap why says: zreap sweep --parent=811"), question);

        // The question stays about the parent that it named.
        state.see(TopRows.look(TopRows.row(1, "init", 900, 0, "", ""), TopRows.row(811, "chrome", 1, 0, "", "")));
        TopState.Wish.Fix wish = assertInstanceOf(TopState.Wish.Fix.class, press("y"));
        assertEquals(811, wish.parent().pid());
    }

    @Test
    void fixesNoParentThatItCannotSee() {
        state.see(TopRows.look(new TopRow(
                0,
                Optional.empty(),
                "-",
                3,
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                "",
                Optional.empty(),
                "",
                "")));
        press("f");
        assertEquals(TopPane.Kind.TEXT, state.pane().orElseThrow().kind());
        assertEquals(new TopState.Wish.Nothing(), press("y"));
    }

    @Test
    void tellsWhyALookFailed() {
        state.fail("zreap: the module is gone");
        assertEquals(Optional.of("zreap: the module is gone"), state.note());
        assertEquals(3, pids().size());
        state.see(TopRows.three());
        assertEquals(Optional.empty(), state.note());
    }

    private TopState.Wish press(String characters) {
        TopState.Wish last = new TopState.Wish.Nothing();
        for (char character : characters.toCharArray()) {
            last = state.press(TopKey.of(character));
        }
        return last;
    }

    private List<Long> pids() {
        return state.rows().stream().map(TopRow::pid).toList();
    }

    private long chosen() {
        return state.selectedRow().orElseThrow().pid();
    }
}
