// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.CommandName;

class TableTest {

    @Test
    void findsCellsByColumnName() {
        Row row = only("PID NEW START COMM\n12 x 34 a b\n");

        assertEquals(12, row.requiredNumber("PID"));
        assertEquals(Optional.of(34L), row.number("START"));
        assertEquals(Optional.of(CommandName.of("a b")), row.name("COMM"));
    }

    @Test
    void knowsAbsentCells() {
        Row row = only("PID AGE_MS COMM\n12 - \\055\n");

        assertEquals(Optional.empty(), row.number("AGE_MS"));
        assertEquals(Optional.empty(), row.number("NO_SUCH_COLUMN"));
        assertEquals(Optional.of(CommandName.of("-")), row.name("COMM"));
        assertThrows(MalformedAnswerException.class, () -> row.requiredNumber("AGE_MS"));
        assertThrows(MalformedAnswerException.class, () -> row.text("NO_SUCH_COLUMN"));
    }

    @Test
    void takesAnEmptyLastCell() {
        assertEquals(Optional.of(CommandName.of("")), only("PID COMM\n12 \n").name("COMM"));
    }

    @Test
    void takesHeaderAlone() {
        assertEquals(List.of(), parse("PID COMM\n").rows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PID COMM\n", "PID COMM\n12", "PID COMM\n12 sh\n"})
    void takesTheHeaderOfABeginning(String text) {
        Table table = Table.parseHeader(text.getBytes(StandardCharsets.ISO_8859_1));

        assertEquals(table, table.requireColumns(List.of("PID", "COMM")));
        assertEquals(List.of(), table.rows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PID COMM"})
    void refusesAHeaderThatIsNotWhole(String text) {
        byte[] beginning = text.getBytes(StandardCharsets.ISO_8859_1);

        assertThrows(MalformedAnswerException.class, () -> Table.parseHeader(beginning));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PID COMM", "PID COMM\n12 sh", "PID COMM\n12\n", "PID COMM\n\n"})
    void refusesWhatIsNoTable(String text) {
        assertThrows(MalformedAnswerException.class, () -> parse(text));
    }

    @Test
    void saysWhatIsWrongWithATable() {
        assertEquals(
                "there is no header line",
                assertThrows(MalformedAnswerException.class, () -> parse("")).problem());
        assertEquals(
                "the last line is cut short",
                assertThrows(MalformedAnswerException.class, () -> parse("PID COMM\n12 sh"))
                        .problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "\\1", "\\12", "a\\129", "\\x41"})
    void refusesBadEscapes(String name) {
        Row row = only("PID COMM\n12 " + name + "\n");

        assertThrows(MalformedAnswerException.class, () -> row.name("COMM"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.5", "99999999999999999999", ""})
    void refusesBadNumbers(String number) {
        Row row = only("PID COMM\n" + number + " sh\n");

        assertThrows(MalformedAnswerException.class, () -> row.number("PID"));
    }

    @Property
    void namesSurviveTheTable(@ForAll @Size(min = 1, max = 15) byte[] name) {
        CommandName written = CommandName.of(name);
        String cell = written.toString();
        String escaped = cell.equals("-") ? "\\055" : cell;

        Row row = only("PARENT COMM\n" + escaped.replace(" ", "\\040") + " " + escaped + "\n");

        assertEquals(Optional.of(written), row.name("PARENT"));
        assertEquals(Optional.of(written), row.name("COMM"));
    }

    private static Row only(String text) {
        List<Row> rows = parse(text).rows();
        assertEquals(1, rows.size());
        return rows.get(0);
    }

    private static Table parse(String text) {
        return Table.parse(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
