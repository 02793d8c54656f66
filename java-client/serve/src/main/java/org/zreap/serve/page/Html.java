// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.page;

import java.util.regex.Pattern;

/**
 * Writes HTML. Only names of elements and classes come as they are; {@link #text} and the values of
 * attributes are escaped.
 *
 * <p>Not thread-safe.
 */
final class Html {

    /** What has no place in a text: controls, and characters that turn or hide the text around them. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\n]]");

    private final StringBuilder text = new StringBuilder();

    /** An element that is closed by {@link #close}. Attributes are names and values by turns. */
    Html open(String element, String... attributes) {
        text.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        text.append('>');
        return this;
    }

    Html close(String element) {
        text.append("</").append(element).append('>');
        return this;
    }

    /** Text inside of an element. */
    Html text(String words) {
        text.append(escaped(words));
        return this;
    }

    /** A whole element with a text. */
    Html element(String element, String words, String... attributes) {
        return open(element, attributes).text(words).close(element);
    }

    /** The page's own words, such as its style. */
    Html constant(String html) {
        text.append(html);
        return this;
    }

    private static String escaped(String words) {
        return INVISIBLE
                .matcher(words)
                .replaceAll("\uFFFD")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
