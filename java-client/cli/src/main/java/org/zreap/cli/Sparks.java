// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.List;
import java.util.OptionalInt;

/** Numbers as a line of small bars: blank where a number is not known, the lowest bar for 0. */
enum Sparks {
    /** For terminals that show Unicode. */
    BLOCKS("\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"),
    /** For all others. */
    ASCII("_.:-=+*#");

    private final String bars;

    Sparks(String bars) {
        this.bars = bars;
    }

    /** The last numbers, the highest of them as the highest bar. */
    String of(List<OptionalInt> numbers, int width) {
        List<OptionalInt> last = numbers.subList(Math.max(0, numbers.size() - width), numbers.size());
        int most = last.stream().flatMapToInt(OptionalInt::stream).max().orElse(0);
        StringBuilder line = new StringBuilder();
        for (OptionalInt number : last) {
            line.append(number.isEmpty() ? ' ' : bars.charAt(level(number.getAsInt(), most)));
        }
        return line.toString();
    }

    /** Whether a character is one of the bars. */
    boolean has(char character) {
        return bars.indexOf(character) >= 0;
    }

    private int level(int number, int most) {
        int highest = bars.length() - 1;
        return number == 0 ? 0 : Math.max(1, (int) ((long) number * highest / most));
    }
}
