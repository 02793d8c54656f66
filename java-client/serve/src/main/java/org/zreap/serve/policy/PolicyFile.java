// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads a policy from a file. Stateless. */
public final class PolicyFile {

    /** Where the service looks for its policy. */
    public static final Path DEFAULT = Path.of("/etc/zreap/policy.yaml");

    private static final int MOST_BYTES = 1 << 20;

    /** Enough for lists that several rules share, and no room for a file that grows without end. */
    private static final int MOST_ALIASES = 50;

    private static final int MOST_LEVELS = 20;

    private PolicyFile() {}

    /**
     * Reads and checks it.
     *
     * @param file in YAML 1.2 and UTF-8, at most 1 MiB
     * @return the policy
     * @throws PolicyException if it cannot be read, or has faults
     */
    public static Policy read(Path file) throws PolicyException {
        Problems problems = new Problems();
        Optional<Policy> policy = Optional.empty();
        try {
            policy = decoded(bytes(file), problems)
                    .flatMap(text -> composed(text, problems))
                    .flatMap(node -> PolicyKeys.FILE.read(node, problems));
        } catch (NoSuchFileException e) {
            throw PolicyException.unreadable(file, "there is no such file");
        } catch (AccessDeniedException e) {
            throw PolicyException.unreadable(file, "this user may not read it");
        } catch (IOException e) {
            throw PolicyException.unreadable(file, "it cannot be read (" + e.getMessage() + ")");
        }
        List<Problem> faults = problems.inOrder();
        if (!faults.isEmpty() || policy.isEmpty()) {
            throw PolicyException.of(file, faults);
        }
        return policy.get();
    }

    /** The JSON Schema of the file, for editors. */
    public static Map<String, Object> schema() {
        return PolicyKeys.FILE.schema();
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES + 1);
        }
    }

    private static Optional<String> decoded(byte[] bytes, Problems problems) {
        if (bytes.length > MOST_BYTES) {
            problems.add(Optional.empty(), "the file has more than " + MOST_BYTES + " bytes");
            return Optional.empty();
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            String before = text.toString();
            problems.add(
                    (int) before.chars().filter(c -> c == '\n').count() + 1,
                    before.length() - before.lastIndexOf('\n'),
                    "here is a byte that is not UTF-8; save the file in UTF-8");
            return Optional.empty();
        }
        return Optional.of(text.toString());
    }

    private static Optional<Node> composed(String text, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setAllowNonScalarKeys(true)
                .setCodePointLimit(MOST_BYTES)
                .build();
        try {
            if (isTooDeep(settings, text, problems)) {
                return Optional.empty();
            }
            Optional<Node> node = new Composer(settings, parser(settings, text)).getSingleNode();
            if (node.isEmpty()) {
                problems.add(Optional.empty(), "the file is empty; the shortest policy is: version: 1");
            }
            return node;
        } catch (MarkedYamlEngineException e) {
            problems.add(e.getProblemMark().or(e::getContextMark), inPlainWords(e));
        } catch (YamlEngineException e) {
            problems.add(Optional.empty(), "this is no YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static Parser parser(LoadSettings settings, String text) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    /** Composing takes some stack for each level. */
    private static boolean isTooDeep(LoadSettings settings, String text, Problems problems) {
        int depth = 0;
        Parser parser = parser(settings, text);
        while (parser.hasNext()) {
            Event event = parser.next();
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (depth > MOST_LEVELS) {
                problems.add(event.getStartMark(), "here are more than " + MOST_LEVELS + " levels");
                return true;
            }
        }
        return false;
    }

    private static String inPlainWords(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("TAB")) {
            return "here is a tab; YAML indents by blanks only";
        }
        if (problem.toLowerCase(Locale.ROOT).contains("another document")) {
            return "here begins a second document; a policy is one document, without a second ---";
        }
        String context = e.getContext() == null || e.getContext().isEmpty() ? "" : " (" + e.getContext() + ")";
        return "this is no YAML: " + problem + context;
    }
}
