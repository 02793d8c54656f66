// SPDX-License-Identifier: Apache-2.0
package org.zreap.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/**
 * Prints JSON, one object a line, each with its schema version. {@code docs/schema} has the
 * schemas.
 *
 * <p>Thread-safe if one thread at a time prints.
 *
 * @param out the output
 */
public record JsonLines(PrintWriter out) {

    /** The schema version. It grows if a field changes its meaning or goes. */
    public static final int VERSION = 1;

    /** Escapes every byte that controls a terminal. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    /** The fields of an object. */
    public interface Body {
        /**
         * Writes them.
         *
         * @param fields where to
         * @throws IOException if the output fails
         */
        void write(JsonFields fields) throws IOException;
    }

    /**
     * Prints one object.
     *
     * @param body writes its fields
     * @throws UncheckedIOException if the output fails
     */
    public void print(Body body) {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            JsonFields fields = new JsonFields(json);
            fields.start();
            fields.number("version", VERSION);
            body.write(fields);
            fields.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
    }
}
