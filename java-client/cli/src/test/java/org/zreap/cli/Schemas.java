// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The schemas that docs/schema has. */
final class Schemas {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Schemas() {}

    /** Every line is an object as the schema has it; gives the lines. */
    static List<String> assertValid(String command, String printed) throws IOException {
        Schema schema = of(command);
        List<String> lines = printed.lines().toList();
        assertFalse(lines.isEmpty());
        for (String line : lines) {
            assertEquals(List.of(), schema.validate(line, InputFormat.JSON), line);
        }
        return lines;
    }

    /** The schema of what a command prints. */
    static Schema of(String command) throws IOException {
        String text = Files.readString(Path.of("../../docs/schema", command + ".schema.json"));
        return REGISTRY.getSchema(text, InputFormat.JSON);
    }
}
