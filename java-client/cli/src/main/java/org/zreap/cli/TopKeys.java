// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOError;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys of a terminal.
 *
 * <p>Not thread-safe.
 */
final class TopKeys {

    /** No key comes any more: the terminal is gone. */
    static final class EndException extends Exception {

        private static final long serialVersionUID = 1;

        private EndException() {
            super("the terminal is gone");
        }
    }

    /** How long an escape may wait for the rest of the sequence that it begins. */
    private static final long ESCAPE_MILLIS = 100;

    private final BindingReader reader;
    private final KeyMap<TopKey> keys = new KeyMap<>();

    TopKeys(Terminal terminal) {
        reader = new BindingReader(terminal.reader());
        keys.setAmbiguousTimeout(ESCAPE_MILLIS);
        keys.setNomatch(TopKey.of('\0'));
        keys.setUnicode(TopKey.of('\0'));
        for (char character = ' '; character <= '~'; character++) {
            keys.bind(TopKey.of(character), String.valueOf(character));
        }
        bind(TopKey.Kind.UP, KeyMap.key(terminal, Capability.key_up), "\033[A", "\033OA");
        bind(TopKey.Kind.DOWN, KeyMap.key(terminal, Capability.key_down), "\033[B", "\033OB");
        bind(TopKey.Kind.PAGE_UP, KeyMap.key(terminal, Capability.key_ppage), "\033[5~");
        bind(TopKey.Kind.PAGE_DOWN, KeyMap.key(terminal, Capability.key_npage), "\033[6~");
        bind(TopKey.Kind.HOME, KeyMap.key(terminal, Capability.key_home), "\033[H", "\033OH");
        bind(TopKey.Kind.END, KeyMap.key(terminal, Capability.key_end), "\033[F", "\033OF");
        bind(TopKey.Kind.ENTER, "\r", "\n");
        bind(TopKey.Kind.ESCAPE, "\033");
        bind(TopKey.Kind.BACKSPACE, KeyMap.key(terminal, Capability.key_backspace), KeyMap.del(), KeyMap.ctrl('H'));
        bind(TopKey.Kind.INTERRUPT, KeyMap.ctrl('C'));
        bind(TopKey.Kind.REDRAW, KeyMap.ctrl('L'));
    }

    /** A terminal may lack a key. */
    private void bind(TopKey.Kind kind, @Nullable String... sequences) {
        for (String sequence : sequences) {
            if (sequence != null) {
                keys.bind(TopKey.of(kind), sequence);
            }
        }
    }

    /**
     * Waits for the next key. One without a meaning is the character 0.
     *
     * @throws EndException if none can come
     */
    TopKey read() throws EndException {
        try {
            TopKey key = reader.readBinding(keys);
            if (key == null) {
                throw new EndException();
            }
            return key;
        } catch (EndOfFileException | IOError e) {
            throw new EndException();
        }
    }
}
