// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

/**
 * A line of the live screen.
 *
 * @param text at most as long as the screen is wide, each character one column wide
 * @param tone how it stands out where colours are wanted
 */
record TopLine(String text, Tone tone) {

    /** How a line stands out. */
    enum Tone {
        PLAIN,
        HEADING,
        CHOSEN,
        WARNING
    }
}
