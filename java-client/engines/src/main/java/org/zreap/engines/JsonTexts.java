// SPDX-License-Identifier: Apache-2.0
package org.zreap.engines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The texts in a JSON document, by JSON Pointer (RFC 6901).
 *
 * <p>Immutable and so thread-safe.
 */
final class JsonTexts {

    private static final JsonTexts NONE = new JsonTexts(Map.of());

    private static final JsonFactory JSON = new JsonFactory();

    /** The longest document that it reads, far more than engines write. */
    private static final int MAX_BYTES = 8 << 20;

    private final Map<String, String> texts;

    private JsonTexts(Map<String, String> texts) {
        this.texts = texts;
    }

    /** Reads a regular file. It has no texts if it cannot be read, is longer than 8 MiB or is no JSON. */
    static JsonTexts of(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return NONE;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            return content.length > MAX_BYTES ? NONE : parse(JSON.createParser(content));
        } catch (IOException e) {
            return NONE;
        }
    }

    /** Parses a text. It has none if that is no JSON. */
    static JsonTexts of(String json) {
        try {
            return parse(JSON.createParser(json));
        } catch (IOException e) {
            return NONE;
        }
    }

    /** A text; empty if the value there is none, or an empty one. */
    Optional<String> at(String pointer) {
        return Optional.ofNullable(texts.get(pointer)).filter(text -> !text.isEmpty());
    }

    /** The text of a member, whose name may have any character. */
    Optional<String> member(String object, String name) {
        return at(object + "/" + name.replace("~", "~0").replace("/", "~1"));
    }

    /** The pointer to the object in an array whose member has this text. */
    Optional<String> pointerTo(String name, String text) {
        String end = "/" + name;
        return texts.entrySet().stream()
                .filter(entry -> entry.getValue().equals(text))
                .map(Map.Entry::getKey)
                .filter(pointer -> pointer.endsWith(end))
                .map(pointer -> pointer.substring(0, pointer.length() - end.length()))
                .filter(object -> object.lastIndexOf('/') == 0)
                .findFirst();
    }

    private static JsonTexts parse(JsonParser parser) throws IOException {
        Map<String, String> texts = new HashMap<>();
        try (parser) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    texts.put(parser.getParsingContext().pathAsPointer().toString(), parser.getText());
                }
            }
        }
        return new JsonTexts(texts);
    }
}
