// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.proc;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The fields of {@code /proc/PID/status}, by name.
 *
 * <p>Immutable and so thread-safe.
 */
public final class ProcStatus {

    private final Map<String, String> fields;

    private ProcStatus(Map<String, String> fields) {
        this.fields = fields;
    }

    /**
     * Parses the file. The kernel escapes newlines in names here, so a line is a field.
     *
     * @param content all of it
     * @return what it says
     */
    public static ProcStatus parse(byte[] content) {
        Map<String, String> fields = new HashMap<>();
        for (String line : new String(content, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.putIfAbsent(
                        line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return new ProcStatus(Map.copyOf(fields));
    }

    /** The text of a field. */
    public Optional<String> text(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    /** The first decimal number of a field. */
    public Optional<Long> number(String field) {
        return text(field).map(text -> text.split("\\s+", 2)[0]).flatMap(word -> {
            try {
                return Optional.of(Long.parseLong(word));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /** All decimal numbers of a field, in order. */
    public List<Long> numbers(String field) {
        return text(field).stream()
                .flatMap(text -> Stream.of(text.split("\\s+", -1)))
                .filter(word -> word.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .toList();
    }

    /** A bit of a field that is a hexadecimal mask. */
    public boolean bit(String field, int bit) {
        return text(field)
                .filter(mask -> mask.matches("[0-9a-f]{1,16}"))
                .map(mask -> (Long.parseUnsignedLong(mask, 16) >>> bit & 1) == 1)
                .orElse(false);
    }
}
