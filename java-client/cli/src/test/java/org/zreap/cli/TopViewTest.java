// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the live screen shows, as lines. */
class TopViewTest {

    private final TopState state = new TopState(TopRows.three(), TopOrder.ZOMBIES);

    @Test
    void showsAllColumnsOnAWideScreen() {
        assertEquals(
                List.of(
                        "zreap top   zombies: 208   parents: 3   tasks of the machine: 8192 of 32768, room 75%",
                        "  ZOMBIES* LAST 5 MIN            /MIN  OLDEST  ROOM  PPID PARENT     WHERE              "
                                + " CAUSE",
                        ">      120                _.-##    12      2h   11%   811 chrome     Docker 0123456789ab"
                                + " never-waits",
                        "        83                _.-##     0      1h   33%   133 java       app.service        "
                                + " from-before-exec?",
                        "         5                _.:##    40      5m   42%  4242 nightly.sh /user.slice",
                        "",
                        "811@8110 (chrome)  Docker 0123456789ab  never-waits",
                        "? help  s sort  / filter  e explain  f fix  q quit"),
                text(new TopView(Sparks.ASCII, 120, 8)));
    }

    @ParameterizedTest
    @CsvSource({
        "200, INNER  CONTAINER     CONTAINER-NAME  IMAGE       POD        CAUSE,"
                + "     7  0123456789ab  web-1           nginx:1.25  shop/web-1 never-waits",
        "140, INNER  CONTAINER     CONTAINER-NAME  POD         CAUSE, 7  0123456789ab  web-1  shop/web-1 never-waits",
        "130, INNER  CONTAINER-NAME  POD  CAUSE, 7  web-1  shop/web-1  never-waits",
        "120, INNER  CONTAINER-NAME CAUSE, 7  web-1 never-waits",
        "100, INNER  CAUSE, 7  never-waits",
    })
    void tellsContainersInDetail(int width, String heading, String first) {
        TopPlace web = new TopPlace(List.of("0123456789ab", "web-1", "nginx:1.25", "shop/web-1"), "7");
        TopPlace none = new TopPlace(List.of("-", "-", "-", "-"), "-");
        state.see(TopRows.look(
                TopRows.row(811, "chrome", 120, 12, "Docker web-1", Optional.of(web), "never-waits"),
                TopRows.row(133, "java", 83, 0, "app.service", Optional.of(none), "from-before-exec?")));

        List<String> lines = text(new TopView(Sparks.ASCII, width, 8));
        assertTrue(blanksAsOne(lines.get(1)).endsWith("PARENT " + blanksAsOne(heading)), lines.get(1));
        assertTrue(blanksAsOne(lines.get(2)).endsWith("chrome " + blanksAsOne(first)), lines.get(2));
        assertTrue(lines.get(3).contains(" java "), lines.get(3));
    }

    /** The filter finds a pod. */
    @Test
    void filtersByWhatTheEngineSays() {
        TopPlace web = new TopPlace(List.of("0123456789ab", "web-1", "nginx:1.25", "shop/web-1"), "7");
        state.see(TopRows.look(
                TopRows.row(811, "chrome", 120, 12, "", Optional.of(web), ""),
                TopRows.row(133, "java", 83, 0, "", "")));
        state.press(TopKey.of('/'));
        "shop/".chars().forEach(key -> state.press(TopKey.of((char) key)));
        assertEquals(List.of(811L), state.rows().stream().map(TopRow::pid).toList());
    }

    private static String blanksAsOne(String text) {
        return text.strip().replaceAll(" +", " ");
    }

    @Test
    void dropsColumnsOnANarrowScreen() {
        List<String> lines = text(new TopView(Sparks.BLOCKS, 80, 8));
        assertFalse(lines.get(1).contains("WHERE"), lines.get(1));
        assertTrue(lines.get(1).contains("CAUSE"), lines.get(1));
        assertTrue(lines.get(2).contains("\u2581\u2582\u2584\u2588\u2588"), lines.get(2));
        assertFalse(text(new TopView(Sparks.BLOCKS, 60, 8)).get(1).contains("CAUSE"));
    }

    /** However small the screen is, it has its size, and the chosen row is on it if anything is. */
    @ParameterizedTest
    @CsvSource({"80,24", "80,7", "40,5", "20,4", "1,1", "200,2"})
    void fillsTheScreenAndNoMore(int width, int height) {
        state.press(TopKey.of(TopKey.Kind.END));
        state.press(TopKey.of('?'));
        List<TopLine> lines = new TopView(Sparks.ASCII, width, height).draw(state);
        assertEquals(height, lines.size());
        lines.forEach(line -> assertTrue(line.text().length() <= width, line.text()));
    }

    @Test
    void scrollsToTheChosenRow() {
        TopRow[] rows = new TopRow[50];
        Arrays.setAll(rows, i -> TopRows.row(1000 + i, "p" + i, 100 - i, 0, "", ""));
        state.see(TopRows.look(rows));
        for (int i = 0; i < 30; i++) {
            state.press(TopKey.of(TopKey.Kind.DOWN));
        }
        List<TopLine> lines = new TopView(Sparks.ASCII, 100, 12).draw(state);
        List<TopLine> chosen = lines.stream()
                .filter(line -> line.tone() == TopLine.Tone.CHOSEN)
                .toList();
        assertEquals(1, chosen.size());
        assertTrue(chosen.get(0).text().startsWith(">"), chosen.get(0).text());
        assertTrue(chosen.get(0).text().contains(" 1030 "), chosen.get(0).text());
    }

    @Test
    void showsATextBelowTheTable() {
        state.press(TopKey.of(TopKey.Kind.ENTER));
        TopPane pane = state.pane().orElseThrow();
        pane.add("cause       " + "word ".repeat(30).strip());
        List<String> lines = text(new TopView(Sparks.ASCII, 60, 20));
        int title = lines.indexOf("-- Why: 811@8110 (chrome)   escape closes");
        assertTrue(title > 0, lines.toString());
        assertTrue(lines.get(title + 1).startsWith("cause       word"), lines.toString());
        assertTrue(lines.get(title + 2).startsWith("            word"), lines.toString());
        assertTrue(lines.get(2).startsWith(">"), "the table stays: " + lines);
    }

    @Test
    void keepsTheTableBesideALongTextAndALongRemark() {
        state.fail("word ".repeat(40).strip());
        state.press(TopKey.of('?'));
        List<String> lines = text(new TopView(Sparks.ASCII, 90, 18));
        assertTrue(lines.get(0).startsWith("zreap top"), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("> ")), lines.toString());
        assertTrue(lines.contains("-- Help   lines 1-9 of 16   escape closes"), lines.toString());
        assertTrue(lines.get(17).startsWith("? help"), lines.toString());
    }

    @Test
    void scrollsALongText() {
        state.press(TopKey.of(TopKey.Kind.ENTER));
        TopPane pane = state.pane().orElseThrow();
        for (int i = 0; i < 100; i++) {
            pane.add("line " + i);
        }
        assertTrue(text(new TopView(Sparks.ASCII, 80, 24)).contains("line 0"));
        state.press(TopKey.of(' '));
        List<String> lines = text(new TopView(Sparks.ASCII, 80, 24));
        assertTrue(lines.contains("line 10") && !lines.contains("line 0"), lines.toString());
        for (int i = 0; i < 20; i++) {
            state.press(TopKey.of(' '));
        }
        assertTrue(text(new TopView(Sparks.ASCII, 80, 24)).contains("line 99"));
    }

    /** A process may call itself, and its cgroup, anything. */
    @Test
    void writesNothingThatControlsATerminal() {
        String hostile = "\033[2J\033]0;x\007\u009b31m\u202e\uD83E\uDDDF\u4e2d\t\n";
        state.see(TopRows.look(TopRows.row(7, hostile, 3, 0, hostile, hostile)));
        state.fail(hostile);
        state.press(TopKey.of(TopKey.Kind.ENTER));
        state.pane().orElseThrow().add(hostile);
        for (Sparks sparks : Sparks.values()) {
            for (String line : text(new TopView(sparks, 120, 20))) {
                assertTrue(line.chars().allMatch(c -> (c >= ' ' && c <= '~') || (c >= 0x2581 && c <= 0x2588)), line);
            }
        }
    }

    @Test
    void saysThatNothingIsThere() {
        state.see(TopRows.look());
        assertTrue(text(new TopView(Sparks.ASCII, 80, 10)).contains("  no zombies"));
        state.see(TopRows.three());
        state.press(TopKey.of('/'));
        state.press(TopKey.of('!'));
        assertTrue(text(new TopView(Sparks.ASCII, 80, 10)).contains("  the filter leaves nothing"));
    }

    @Test
    void drawsBars() {
        List<OptionalInt> numbers =
                List.of(OptionalInt.empty(), OptionalInt.of(0), OptionalInt.of(1), OptionalInt.of(1000));
        assertEquals(" _.#", Sparks.ASCII.of(numbers, 20));
        assertEquals(".#", Sparks.ASCII.of(numbers, 2));
        assertEquals(" \u2581\u2582\u2588", Sparks.BLOCKS.of(numbers, 20));
        assertEquals("_", Sparks.ASCII.of(List.of(OptionalInt.of(0)), 5));
    }

    private List<String> text(TopView view) {
        return view.draw(state).stream()
                .map(line -> line.text().stripTrailing())
                .toList();
    }
}
