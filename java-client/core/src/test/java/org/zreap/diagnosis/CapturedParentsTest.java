// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;

/**
 * Each tree that was captured from real programs has its one right finding, in
 * {@code captured.tsv}.
 */
class CapturedParentsTest {

    @TempDir
    private Path folder;

    /**
     * A line.
     *
     * @param tree the file in {@code trees}
     * @param kind the finding
     * @param certain whether there are no alternatives
     * @param action what to do now
     * @param audience who can apply the remedy
     * @param remedy a part of its text
     */
    record Line(String tree, String kind, boolean certain, String action, String audience, String remedy) {

        private static Line of(String text) {
            String[] cells = text.split("\t", -1);
            return new Line(cells[0], cells[4], cells[5].equals("certain"), cells[6], cells[7], cells[8]);
        }
    }

    static Stream<Line> lines() throws IOException {
        try (InputStream file = CapturedParentsTest.class.getResourceAsStream("captured.tsv")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("tree\t"))
                    .map(Line::of);
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void findsTheCause(Line line) throws IOException {
        Finding finding = diagnose(line.tree());

        assertEquals(
                line,
                new Line(
                        line.tree(),
                        finding.kind().toString(),
                        finding.isCertain(),
                        finding.now().action().toString(),
                        line.audience(),
                        line.remedy()));
        WellFormed.check(finding);
        assertTrue(
                finding.fixes().stream()
                        .filter(fix -> fix.audience().toString().equals(line.audience()))
                        .anyMatch(fix -> fix.text().contains(line.remedy())),
                () -> finding.fixes().toString());
    }

    @Test
    void tableHasEveryTree() throws IOException, URISyntaxException {
        Path trees = Path.of(Objects.requireNonNull(CapturedParentsTest.class.getResource("trees"))
                .toURI());
        try (Stream<Path> files = Files.list(trees)) {
            List<String> names = files.map(file -> file.getFileName().toString().replace(".txt", ""))
                    .sorted()
                    .toList();

            assertEquals(names, lines().map(Line::tree).sorted().toList());
        }
    }

    private Finding diagnose(String name) throws IOException {
        CapturedTree tree = CapturedTree.write(name, folder);
        Zombie zombie = ZombieScanner.of(tree.proc()).find(tree.zombie()).orElseThrow();
        return tree.diagnoser().diagnose(zombie).finding();
    }
}
