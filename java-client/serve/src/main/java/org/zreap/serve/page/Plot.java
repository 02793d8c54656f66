// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.page;

import java.util.List;
import java.util.OptionalInt;

/** Numbers over the last day as an SVG plot, which is empty where nobody looked. Stateless. */
final class Plot {

    private static final int HEIGHT = 40;

    private Plot() {}

    /**
     * Writes a plot.
     *
     * @param html where to
     * @param id a name that no other plot of the page has
     * @param title what it shows, for those who do not see it
     * @param numbers the numbers, the oldest first
     * @param top the number at its upper edge, at least 1
     */
    static void write(Html html, String id, String title, List<OptionalInt> numbers, int top) {
        int width = numbers.size();
        html.open(
                "svg",
                "class",
                "plot",
                "role",
                "img",
                "aria-labelledby",
                id,
                "viewBox",
                "0 0 " + width + " " + HEIGHT,
                "preserveAspectRatio",
                "none");
        html.element("title", title, "id", id);
        html.open("path", "class", "base", "d", "M0 " + HEIGHT + "H" + width).close("path");
        html.open("path", "class", "area", "d", area(numbers, top)).close("path");
        html.close("svg");
    }

    private static String area(List<OptionalInt> numbers, int top) {
        StringBuilder path = new StringBuilder();
        boolean isOpen = false;
        for (int i = 0; i < numbers.size(); i++) {
            OptionalInt number = numbers.get(i);
            if (isOpen && number.isEmpty()) {
                path.append('V').append(HEIGHT).append('Z');
                isOpen = false;
            } else if (number.isPresent()) {
                if (!isOpen) {
                    path.append('M').append(i).append(' ').append(HEIGHT);
                    isOpen = true;
                }
                path.append('V')
                        .append(level(number.getAsInt(), top))
                        .append('H')
                        .append(i + 1);
            }
        }
        return isOpen ? path.append('V').append(HEIGHT).append('Z').toString() : path.toString();
    }

    /** A number above 0 is seen, however small it is. */
    private static int level(int number, int top) {
        if (number == 0) {
            return HEIGHT;
        }
        return HEIGHT - (int) Math.max(1, (long) Math.min(number, top) * HEIGHT / top);
    }
}
