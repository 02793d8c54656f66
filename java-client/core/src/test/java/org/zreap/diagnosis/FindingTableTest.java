// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case of {@link HostTrees} has its one right finding, in {@code findings.tsv}. */
class FindingTableTest {

    @TempDir
    private Path folder;

    /**
     * A line.
     *
     * @param name the case
     * @param certain whether there are no alternatives
     * @param kind the finding
     * @param action what to do now
     */
    record Line(String name, String kind, boolean certain, String action) {

        private static Line of(String text) {
            String[] cells = text.split("\t", -1);
            return new Line(cells[0], cells[3], cells[4].equals("certain"), cells[5]);
        }
    }

    static Stream<Line> lines() throws IOException {
        return HostTrees.lines("findings.tsv").map(Line::of);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void findsTheCause(Line line) throws IOException {
        Diagnosis diagnosis = HostTrees.diagnose(line.name(), folder);
        Finding finding = diagnosis.finding();

        assertEquals(
                line,
                new Line(
                        line.name(),
                        finding.kind().toString(),
                        finding.isCertain(),
                        finding.now().action().toString()));
        WellFormed.check(finding);
        switch (finding.now().action()) {
            case REAP ->
                assertEquals(
                        "zreap reap 21@" + diagnosis.zombie().identity().startTicks(),
                        finding.now().text());
            case NUDGE ->
                assertTrue(finding.now()
                        .text()
                        .startsWith("kill -CHLD " + diagnosis.zombie().parentPid() + " "));
            case LEAVE -> assertTrue(finding.now().text().startsWith("do not reap: "));
            case ACT_ELSEWHERE -> assertFalse(finding.now().text().contains("zreap reap"));
        }
    }

    @Test
    void tableHasEveryCase() throws IOException {
        List<String> cases = new ArrayList<>();
        HostTrees.names().forEach(cases::add);

        assertEquals(cases, lines().map(Line::name).toList());
    }
}
