// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

/**
 * A key that was pressed.
 *
 * @param kind which key
 * @param character what it writes; 0 unless it is a {@link Kind#CHARACTER}
 */
record TopKey(Kind kind, char character) {

    /** Keys with a meaning, and all others. */
    enum Kind {
        CHARACTER,
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END,
        ENTER,
        ESCAPE,
        BACKSPACE,
        INTERRUPT,
        REDRAW
    }

    static TopKey of(Kind kind) {
        return new TopKey(kind, '\0');
    }

    static TopKey of(char character) {
        return new TopKey(Kind.CHARACTER, character);
    }
}
