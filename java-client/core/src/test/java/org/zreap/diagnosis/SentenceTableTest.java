// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What zreap says of a case of {@link HostTrees}: {@code sentences.tsv} has each sentence, with a
 * case in which it is true.
 */
class SentenceTableTest {

    @TempDir
    private Path folder;

    /**
     * A line.
     *
     * @param name the case
     * @param part the part of the finding
     * @param text the sentence
     */
    record Sentence(String name, String part, String text) {

        private static Sentence of(String line) {
            String[] cells = line.split("\t", -1);
            return new Sentence(cells[0], cells[1], cells[2]);
        }
    }

    static Stream<Map.Entry<String, List<Sentence>>> cases() throws IOException {
        return HostTrees.lines("sentences.tsv")
                .map(Sentence::of)
                .collect(Collectors.groupingBy(Sentence::name, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsTrue(Map.Entry<String, List<Sentence>> expected) throws IOException {
        String name = expected.getKey();
        Finding finding = HostTrees.diagnose(name, folder).finding();
        Set<Sentence> said = new HashSet<>();
        said.add(new Sentence(name, "cause", finding.cause()));
        finding.evidence().forEach(text -> said.add(new Sentence(name, "seen", text)));
        finding.alternatives()
                .forEach(other -> said.add(new Sentence(name, "unless", other.cause() + " | " + other.decidedBy())));
        finding.effectOfForcedReap().ifPresent(text -> said.add(new Sentence(name, "effect", text)));
        finding.fixes()
                .forEach(fix -> said.add(new Sentence(name, fix.audience().label(), fix.text())));
        said.add(new Sentence(name, "now", finding.now().text()));

        for (Sentence sentence : expected.getValue()) {
            assertTrue(said.contains(sentence), () -> sentence + " is not said, but " + said);
        }
    }
}
