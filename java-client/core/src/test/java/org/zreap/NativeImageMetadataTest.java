// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The metadata for GraalVM's native-image. No test builds an image. */
class NativeImageMetadataTest {

    private static final Path METADATA =
            Path.of("src/main/resources/META-INF/native-image/org.zreap/zreap-client/reachability-metadata.json");

    /** What the build unpacks from GraalVM's own repository of metadata. */
    private static final Path GRAALVM = Path.of("target/native-image");

    @Test
    void isAsGraalvmsSchemaHasIt() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
                .getSchema(
                        Files.readString(GRAALVM.resolve("schemas/reachability-metadata-schema-v1.2.0.json")),
                        InputFormat.JSON);

        assertEquals(List.of(), schema.validate(Files.readString(METADATA), InputFormat.JSON));
        assertEquals(
                1,
                schema.validate("{\"reflection\": [{\"typo\": 1, \"type\": \"a.B\"}]}", InputFormat.JSON)
                        .size());
    }

    @Test
    void namesOnlyWhatThereIs() throws Exception {
        for (JsonNode entry : reflection()) {
            Class.forName(entry.at("/condition/typeReached").stringValue());
            JsonNode type = entry.get("type");
            if (!type.isString()) {
                for (JsonNode name : type.get("proxy")) {
                    assertTrue(Class.forName(name.stringValue()).isInterface(), name::toString);
                }
                continue;
            }
            Class<?> named = Class.forName(type.stringValue());
            for (JsonNode field : entry.path("fields")) {
                named.getField(field.get("name").stringValue());
            }
            for (JsonNode method : entry.path("methods")) {
                assertIsThere(named, method);
            }
        }
    }

    /** Each call of {@code newProxyInstance} in the sources, and JNA's own. */
    @Test
    void namesEveryProxy() throws IOException {
        List<String> proxies = new ArrayList<>();
        for (JsonNode entry : reflection()) {
            entry.path("type").path("proxy").forEach(name -> proxies.add(name.stringValue()));
        }

        assertEquals(
                List.of("org.zreap.internal.sys.LibC", "org.zreap.internal.sys.Sys", "sun.misc.SignalHandler"),
                proxies);
        try (var files = Files.walk(Path.of("src/main/java"))) {
            List<String> makers = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String source = Files.readString(file);
                if (source.contains("newProxyInstance(") || source.contains("Native.load(")) {
                    makers.add(file.getFileName().toString());
                }
            }
            assertEquals(List.of("JvmSignal.java", "BoundSys.java", "LinuxSys.java"), makers);
        }
    }

    /** JNA's own metadata is in GraalVM's repository, from which the build tools take it. */
    @Test
    void graalvmHasMetadataForThisJna() throws IOException {
        JsonNode index =
                new JsonMapper().readTree(Files.readString(GRAALVM.resolve("net.java.dev.jna/jna/index.json")));

        List<String> tested = new ArrayList<>();
        index.forEach(entry -> entry.get("tested-versions").forEach(version -> tested.add(version.stringValue())));
        assertTrue(tested.contains(Native.VERSION), tested::toString);
    }

    private static JsonNode reflection() throws IOException {
        return new JsonMapper().readTree(Files.readString(METADATA)).get("reflection");
    }

    private static void assertIsThere(Class<?> type, JsonNode method) throws ReflectiveOperationException {
        List<Class<?>> parameters = new ArrayList<>();
        for (JsonNode name : method.get("parameterTypes")) {
            parameters.add(name.stringValue().equals("int") ? int.class : Class.forName(name.stringValue()));
        }
        Class<?>[] types = parameters.toArray(Class<?>[]::new);
        String name = method.get("name").stringValue();
        assertTrue(
                name.equals("<init>")
                        ? Arrays.asList(type.getDeclaredConstructors()).contains(type.getDeclaredConstructor(types))
                        : Arrays.asList(type.getMethods()).contains(type.getMethod(name, types)),
                () -> type + " " + method);
    }
}
