// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;

/** What holds for every finding. */
final class WellFormed {

    private WellFormed() {}

    /** It has evidence, and every text can be printed. */
    static void check(Finding finding) {
        assertFalse(finding.evidence().isEmpty());
        texts(finding).forEach(text -> {
            assertTrue(text.chars().allMatch(c -> c >= ' ' && c <= '~'), text);
            assertFalse(text.isBlank());
        });
    }

    private static Stream<String> texts(Finding finding) {
        return Stream.of(
                        Stream.of(finding.cause(), finding.now().text()),
                        finding.evidence().stream(),
                        finding.effectOfForcedReap().stream(),
                        finding.alternatives().stream().flatMap(a -> Stream.of(a.cause(), a.decidedBy())),
                        finding.fixes().stream().map(Fix::text))
                .flatMap(texts -> texts);
    }
}
