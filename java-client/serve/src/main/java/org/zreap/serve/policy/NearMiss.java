// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that a mistyped one may mean. Stateless. */
final class NearMiss {

    private NearMiss() {}

    /** A hint for a message, such as {@code "; did you mean steps?"}, or what there is to choose from. */
    static String hint(String typed, Collection<String> known) {
        return of(typed, known)
                .map(word -> "; did you mean " + word + "?")
                .orElseGet(() -> "; there are " + String.join(", ", known));
    }

    /** The nearest of the known words, if a third of the letters or fewer differ. */
    private static Optional<String> of(String typed, Collection<String> known) {
        return known.stream()
                .filter(word -> edits(typed, word) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt(word -> edits(typed, word)));
    }

    /** How many letters to insert, remove or replace (Levenshtein's distance). */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
