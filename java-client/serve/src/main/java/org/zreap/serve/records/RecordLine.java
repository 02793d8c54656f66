// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An entry of the record, as it was read.
 *
 * <p>Immutable and so thread-safe.
 */
public final class RecordLine {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final String raw;
    private final Map<String, Object> fields;
    private final Instant time;

    private RecordLine(String raw, Map<String, Object> fields, Instant time) {
        this.raw = raw;
        this.fields = fields;
        this.time = time;
    }

    /** Reads a line; empty if it is no entry, such as one that a full disk has cut. */
    public static Optional<RecordLine> parse(String line) {
        try (JsonParser parser = FACTORY.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, Object> fields = object(parser);
            if (parser.nextToken() != null
                    || !(fields.get("time") instanceof String time)
                    || !(fields.get("type") instanceof String)) {
                return Optional.empty();
            }
            return Optional.of(new RecordLine(line, fields, Instant.parse(time)));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(parser));
                }
                yield values;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            default -> parser.getText();
        };
    }

    /** The line itself. */
    public String raw() {
        return raw;
    }

    /** When it was written. */
    public Instant time() {
        return time;
    }

    /** A text, a number or a flag, by the names that lead to it. */
    public Optional<String> text(String... path) {
        return value(path)
                .filter(value -> !(value instanceof Map) && !(value instanceof List))
                .map(Object::toString);
    }

    /** A number, by the names that lead to it. */
    public OptionalLong number(String... path) {
        return value(path).stream()
                .filter(Long.class::isInstance)
                .mapToLong(Long.class::cast)
                .findFirst();
    }

    /** Whether a flag is there and true. */
    public boolean flag(String... path) {
        return text(path).filter("true"::equals).isPresent();
    }

    /** The texts of an array; none if it is not there. */
    public List<String> texts(String... path) {
        return value(path).stream()
                .filter(List.class::isInstance)
                .flatMap(list -> ((List<?>) list).stream())
                .map(Object::toString)
                .toList();
    }

    private Optional<Object> value(String... path) {
        Object value = fields;
        for (String name : path) {
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(name)) {
                return Optional.empty();
            }
            value = map.get(name);
        }
        return Optional.of(value);
    }
}
