// SPDX-License-Identifier: Apache-2.0
package org.zreap.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.ExitStatus;

/**
 * Writes one JSON object. An unknown value has no field.
 *
 * <p>Not thread-safe: only one thread may use it.
 *
 * @param json the output
 */
public record JsonFields(JsonGenerator json) {

    /**
     * Begins the object.
     *
     * @throws IOException if the output fails
     */
    public void start() throws IOException {
        json.writeStartObject();
    }

    /**
     * Ends the object.
     *
     * @throws IOException if the output fails
     */
    public void end() throws IOException {
        json.writeEndObject();
    }

    /**
     * Writes a number.
     *
     * @param name the name of the field
     * @param value the number
     * @throws IOException if the output fails
     */
    public void number(String name, long value) throws IOException {
        json.writeNumberField(name, value);
    }

    /**
     * Writes a number, if it is known.
     *
     * @param name the name of the field
     * @param value the number
     * @throws IOException if the output fails
     */
    public void number(String name, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            number(name, value.getAsLong());
        }
    }

    /**
     * Writes a number, if it is known.
     *
     * @param name the name of the field
     * @param value the number; of a fraction, its whole part
     * @throws IOException if the output fails
     */
    public void number(String name, Optional<? extends Number> value) throws IOException {
        if (value.isPresent()) {
            number(name, value.get().longValue());
        }
    }

    /**
     * Writes true or false.
     *
     * @param name the name of the field
     * @param value which of them
     * @throws IOException if the output fails
     */
    public void flag(String name, boolean value) throws IOException {
        json.writeBooleanField(name, value);
    }

    /**
     * Writes a text.
     *
     * @param name the name of the field
     * @param value what says the text by its {@code toString}
     * @throws IOException if the output fails
     */
    public void text(String name, Object value) throws IOException {
        json.writeStringField(name, value.toString());
    }

    /**
     * Writes a text, if it is known.
     *
     * @param name the name of the field
     * @param value what says the text by its {@code toString}
     * @throws IOException if the output fails
     */
    public void text(String name, Optional<?> value) throws IOException {
        if (value.isPresent()) {
            text(name, value.get());
        }
    }

    /**
     * Writes a constant as the other interfaces write words: {@code not-permitted}.
     *
     * @param name the name of the field
     * @param constant the constant
     * @throws IOException if the output fails
     */
    public void word(String name, Enum<?> constant) throws IOException {
        text(name, wordOf(constant));
    }

    /**
     * A constant as the other interfaces write words.
     *
     * @param constant the constant
     * @return such as {@code not-permitted}
     */
    public static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Writes an array of texts.
     *
     * @param name the name of the field
     * @param values the texts
     * @throws IOException if the output fails
     */
    public void texts(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    /**
     * Writes a field that is an object.
     *
     * @param name the name of the field
     * @param body writes the fields of that object
     * @throws IOException if the output fails
     */
    public void object(String name, JsonLines.Body body) throws IOException {
        json.writeFieldName(name);
        start();
        body.write(this);
        end();
    }

    /**
     * Writes a field that is an array of objects.
     *
     * @param <T> what an object is made of
     * @param name the name of the field
     * @param values one for each object
     * @param item writes the fields of one object
     * @throws IOException if the output fails
     */
    public <T> void objects(String name, List<T> values, Item<T> item) throws IOException {
        json.writeArrayFieldStart(name);
        for (T value : values) {
            start();
            item.write(this, value);
            end();
        }
        json.writeEndArray();
    }

    /**
     * The fields of an object in an array.
     *
     * @param <T> what the object is made of
     */
    public interface Item<T> {
        /**
         * Writes them.
         *
         * @param fields where to
         * @param value what the object is made of
         * @throws IOException if the output fails
         */
        void write(JsonFields fields, T value) throws IOException;
    }

    /**
     * Writes how a process ended: {@code exitCode}, or {@code signal}, {@code signalName} and
     * {@code coreDumped}.
     *
     * @param status how it ended, if that is known
     * @throws IOException if the output fails
     */
    public void status(Optional<ExitStatus> status) throws IOException {
        if (status.isEmpty()) {
            return;
        }
        if (status.get() instanceof ExitStatus.Exited exited) {
            number("exitCode", exited.code());
        } else if (status.get() instanceof ExitStatus.Signalled signalled) {
            number("signal", signalled.signal());
            text("signalName", signalled.signalName());
            flag("coreDumped", signalled.coreDumped());
        }
    }
}
