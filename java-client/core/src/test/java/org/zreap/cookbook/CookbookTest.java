// SPDX-License-Identifier: Apache-2.0
package org.zreap.cookbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.FakeModule;
import org.zreap.ProcessIdentity;
import org.zreap.ReapReport;
import org.zreap.SweepOptions;
import org.zreap.it.LivingParent;

/** The examples on the page are those that are compiled and run. */
class CookbookTest {

    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyExampleOnThePageIsCompiled() throws IOException {
        String page = Files.readString(Path.of("../../docs/cookbook.md"));
        String sources = Stream.of(
                        "src/test/java/org/zreap/cookbook/Examples.java",
                        "src/test/java/org/zreap/cookbook/SweeperService.java",
                        "../metrics/src/test/java/org/zreap/micrometer/Examples.java")
                .map(Path::of)
                .map(CookbookTest::read)
                .collect(Collectors.joining());

        List<String> examples =
                JAVA_BLOCK.matcher(page).results().map(MatchResult::group).toList();

        assertFalse(examples.isEmpty());
        for (String example : examples) {
            String code = example.replaceAll("```(java)?", "");
            assertTrue(unindented(sources).contains(unindented(code)), () -> "not compiled anywhere:\n" + code);
        }
    }

    @Test
    void identityNeedsNoModule() throws Exception {
        Process child = new ProcessBuilder("cat").start();

        assertEquals(Optional.of(child.pid()), Examples.childOf(child).map(ProcessIdentity::pid));

        child.getOutputStream().close();
        child.waitFor();
        assertEquals(Optional.empty(), Examples.childOf(child));
    }

    @Test
    void checkNeedsNoModule() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (LivingParent parent = LivingParent.ofExits(2)) {
            parent.zombies(2);

            assertEquals(2, Examples.check(1, 2, new PrintStream(said, true, StandardCharsets.UTF_8)));
            String line = said.toString(StandardCharsets.UTF_8);
            assertTrue(line.matches("ZOMBIES CRITICAL - \\d+ zombies \\| zombies=\\d+;1;2\\n"), line);
        }
    }

    @Test
    void theServiceSurvivesErrors(@TempDir Path proc) throws InterruptedException {
        AtomicInteger sweeps = new AtomicInteger();
        BlockingQueue<ReapReport> reports = new LinkedBlockingQueue<>();
        BlockingQueue<Throwable> troubles = new LinkedBlockingQueue<>();
        try (SweeperService service = new SweeperService(
                new FakeModule().client(proc),
                SweepOptions.defaults(),
                report -> {
                    if (sweeps.incrementAndGet() == 1) {
                        throw new AssertionError("a listener of the test's that fails");
                    }
                    reports.add(report);
                },
                troubles::add)) {
            service.start(Duration.ofMillis(1));

            assertInstanceOf(AssertionError.class, troubles.poll(1, TimeUnit.MINUTES));
            assertNotNull(reports.poll(1, TimeUnit.MINUTES), "the schedule has ended");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unindented(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
    }
}
