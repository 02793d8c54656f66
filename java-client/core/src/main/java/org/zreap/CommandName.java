// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The short name of a process, as in {@code /proc/PID/comm}. It has at most 15 bytes. The process
 * chooses them, so they can be any bytes. {@link #toString} is safe to print: it writes the
 * backslash and every byte outside of printable ASCII in octal.
 *
 * <p>Immutable and so thread-safe. Names are equal if their bytes are.
 */
public final class CommandName {

    private final byte[] bytes;

    private CommandName(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The name with these bytes.
     *
     * @param bytes the bytes from the kernel; the method copies them
     * @return the name
     */
    public static CommandName of(byte[] bytes) {
        return new CommandName(bytes.clone());
    }

    /**
     * The name with the bytes of this text in UTF-8.
     *
     * @param text the name
     * @return the name
     */
    public static CommandName of(String text) {
        return new CommandName(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The bytes as the kernel keeps them.
     *
     * @return a new array
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The name read as UTF-8. Bytes that are not UTF-8 become U+FFFD. The text may hold control
     * characters: do not print it.
     *
     * @return the text
     */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommandName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (b < 0x20 || b > 0x7e || b == '\\') {
                text.append('\\');
                for (int shift = 6; shift >= 0; shift -= 3) {
                    text.append((char) ('0' + ((b & 0xff) >> shift & 7)));
                }
            } else {
                text.append((char) b);
            }
        }
        return text.toString();
    }
}
