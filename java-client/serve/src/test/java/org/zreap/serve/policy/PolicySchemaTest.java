// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema for editors is that of the code, and judges as the code does. */
class PolicySchemaTest {

    private static final Path SCHEMA = Path.of("../../docs/schema/policy.schema.json");
    private static final Path PAGE = Path.of("../../docs/serve.md");
    private static final Path METRICS_PAGE = Path.of("../../docs/metrics.md");
    private static final Path EXAMPLE = Path.of("../../host/policy.yaml");

    /** Faults that only the code sees: of the encoding, of YAML itself, and between several values. */
    private static final List<String> BEYOND_A_SCHEMA = List.of(
            "this is no YAML",
            "second document",
            "a tab",
            "is empty; the shortest",
            "there twice",
            "a key is a word",
            "is more than",
            "comes after",
            "another rule",
            "no rule may have",
            "not '2h'",
            "not '100%'",
            "not '127.0.0.1:65536'",
            "not '256.0.0.1:80'",
            "not '1.2.3:80'",
            "not '[1::2::3]:80'");

    /** If it fails, the file that belongs there is target/policy.schema.json. */
    @Test
    void isThatOfTheCode() throws IOException {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "A policy of zreap serve");
        schema.putAll(PolicyFile.schema());
        String text = json(schema);
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/policy.schema.json"), text);

        assertEquals(Files.readString(SCHEMA), text);
    }

    static List<Arguments> faults() {
        return PolicyFileTest.faults()
                .filter(fault -> BEYOND_A_SCHEMA.stream().noneMatch(((String) fault.get()[1])::contains))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refusesWhatTheCodeRefuses(String text, String fault) throws IOException {
        assertFalse(schema().validate(text, InputFormat.YAML).isEmpty(), fault);
    }

    @Test
    void takesTheExample(@TempDir Path folder) throws IOException, PolicyException {
        String example = Files.readString(EXAMPLE);
        assertEquals(List.of(), schema().validate(example, InputFormat.YAML));
        Policy builtIn = Policy.builtIn();
        assertEquals(
                new Policy(
                        builtIn.mode(),
                        builtIn.pace(),
                        builtIn.protection(),
                        builtIn.emergency(),
                        Optional.of(new Metrics(
                                Optional.of(new Metrics.Http(
                                        new InetSocketAddress("127.0.0.1", 9737), Optional.empty(), Optional.empty())),
                                Optional.empty(),
                                false)),
                        Optional.empty(),
                        builtIn.rules()),
                PolicyFile.read(EXAMPLE));

        // All that its comments offer.
        String everything =
                example.replaceAll("(?m)^#(?=\\S| {2,}(- )?[a-z-]+:)", "").replace("mode: report", "mode: act");
        Path file = Files.writeString(folder.resolve("everything.yaml"), everything);
        assertEquals(List.of(), schema().validate(everything, InputFormat.YAML), everything);
        Policy policy = PolicyFile.read(file);
        assertEquals(Mode.ACT, policy.mode());
        assertEquals(true, policy.emergency().acts());
    }

    @Test
    void pageShowsAPolicyThatIsRightAndNamesEveryKey(@TempDir Path folder) throws IOException, PolicyException {
        String page = Files.readString(PAGE);
        String shown = page.substring(page.indexOf("```yaml\n") + "```yaml\n".length());
        Path file = Files.writeString(folder.resolve("shown.yaml"), shown.substring(0, shown.indexOf("```")));

        Policy policy = PolicyFile.read(file);

        assertEquals(Mode.ACT, policy.mode());
        assertEquals(2, policy.rules().size());
        String pages = page + Files.readString(METRICS_PAGE);
        List<String> missing = keys(PolicyFile.schema())
                .filter(key -> !pages.contains("`" + key + "`") && !pages.contains("`" + key + ":"))
                .toList();
        assertEquals(List.of(), missing);
    }

    /** The names of all keys in a schema. */
    private static Stream<String> keys(Object schema) {
        if (schema instanceof Map<?, ?> map) {
            Stream<String> own = map.get("properties") instanceof Map<?, ?> properties
                    ? properties.keySet().stream().map(Object::toString)
                    : Stream.empty();
            return Stream.concat(own, map.values().stream().flatMap(PolicySchemaTest::keys));
        }
        return schema instanceof List<?> list ? list.stream().flatMap(PolicySchemaTest::keys) : Stream.empty();
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
    }

    private static String json(Object value) throws IOException {
        StringWriter text = new StringWriter();
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE)
                .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        try (JsonGenerator json = new JsonFactory().createGenerator(text).setPrettyPrinter(printer)) {
            write(json, value);
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName((String) entry.getKey());
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object entry : list) {
                write(json, entry);
            }
            json.writeEndArray();
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString((String) value);
        }
    }
}
