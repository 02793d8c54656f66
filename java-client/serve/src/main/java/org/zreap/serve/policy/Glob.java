// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.util.regex.Pattern;

/**
 * A pattern in which {@code *} stands for any text and {@code ?} for one character. It matches whole
 * texts, and takes no longer than the product of the lengths.
 *
 * <p>Immutable and so thread-safe.
 */
public final class Glob {

    private final String text;
    private final Pattern pattern;

    /**
     * Makes it.
     *
     * @param text the pattern
     */
    public Glob(String text) {
        this.text = text;
        this.pattern = Pattern.compile(regexOf(text), Pattern.DOTALL);
    }

    /**
     * The first place of each piece between two stars is as good as a later one. So no piece is
     * looked for twice, as a hostile name could otherwise make it.
     */
    private static String regexOf(String glob) {
        String[] pieces = glob.split("\\*", -1);
        StringBuilder regex = new StringBuilder(literal(pieces[0]));
        for (int i = 1; i < pieces.length; i++) {
            boolean isLast = i == pieces.length - 1;
            regex.append(isLast ? ".*" + literal(pieces[i]) : "(?>.*?" + literal(pieces[i]) + ")");
        }
        return regex.toString();
    }

    private static String literal(String piece) {
        StringBuilder regex = new StringBuilder();
        for (String part : piece.split("(?<=\\?)|(?=\\?)", -1)) {
            regex.append(part.equals("?") ? "." : Pattern.quote(part));
        }
        return regex.toString();
    }

    /** Whether a whole text fits. */
    public boolean fits(String whole) {
        return pattern.matcher(whole).matches();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && text.equals(glob.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
