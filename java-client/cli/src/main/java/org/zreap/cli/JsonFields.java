// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

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
 * @param json the output
 */
record JsonFields(JsonGenerator json) {

    void start() throws IOException {
        json.writeStartObject();
    }

    void end() throws IOException {
        json.writeEndObject();
    }

    void number(String name, long value) throws IOException {
        json.writeNumberField(name, value);
    }

    void number(String name, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            number(name, value.getAsLong());
        }
    }

    void number(String name, Optional<? extends Number> value) throws IOException {
        if (value.isPresent()) {
            number(name, value.get().longValue());
        }
    }

    void flag(String name, boolean value) throws IOException {
        json.writeBooleanField(name, value);
    }

    void text(String name, Object value) throws IOException {
        json.writeStringField(name, value.toString());
    }

    void text(String name, Optional<?> value) throws IOException {
        if (value.isPresent()) {
            text(name, value.get());
        }
    }

    /** A constant, written as the other interfaces write words: {@code not-permitted}. */
    void word(String name, Enum<?> constant) throws IOException {
        text(name, constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    void texts(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    /** A field that is an object. */
    void object(String name, JsonLines.Body body) throws IOException {
        json.writeFieldName(name);
        start();
        body.write(this);
        end();
    }

    /** A field that is an array of objects. */
    <T> void objects(String name, List<T> values, Item<T> item) throws IOException {
        json.writeArrayFieldStart(name);
        for (T value : values) {
            start();
            item.write(this, value);
            end();
        }
        json.writeEndArray();
    }

    /** The fields of an object in an array. */
    interface Item<T> {
        void write(JsonFields fields, T value) throws IOException;
    }

    /**
     * How a process ended: {@code exitCode}, or {@code signal}, {@code signalName} and
     * {@code coreDumped}.
     */
    void status(Optional<ExitStatus> status) throws IOException {
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
