// SPDX-License-Identifier: Apache-2.0
package org.zreap.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shells themselves complete with the files that {@link Manual} writes. */
final class CompletionTest {

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Manual.main(folder.toString());
    }

    @Test
    void everyCommandHasAPage() {
        Stream.concat(
                        Stream.of("zreap"),
                        Model.subcommands(Manual.command()).stream().map(one -> "zreap-" + one.name()))
                .forEach(page -> assertTrue(Files.exists(folder.resolve("man/" + page + ".adoc")), page));
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        String completed = "source zreap.bash; compopt() { :; }; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_zreap;"
                + " echo ${COMPREPLY[@]}";
        assertEquals(List.of("sweep"), run("bash", "-c", completed.formatted("zreap sw", 1)));
        assertEquals(List.of("--min-age"), run("bash", "-c", completed.formatted("zreap sweep --min", 2)));
    }

    @Test
    void fishCompletesCommandsOptionsAndValues() throws Exception {
        String completed = "source zreap.fish; complete -C '%s' | string split -f 1 \\t";
        assertEquals(List.of("sweep"), run("fish", "--no-config", "-c", completed.formatted("zreap sw")));
        assertEquals(List.of("--min-age"), run("fish", "--no-config", "-c", completed.formatted("zreap sweep --min")));
        assertEquals(
                List.of("netlink"), run("fish", "--no-config", "-c", completed.formatted("zreap list --transport n")));
    }

    /** Completion needs a terminal, so here a function takes the place of those that would show matches. */
    @Test
    void zshIsGivenCommandsOptionsAndValues() throws Exception {
        String asked =
                "_arguments() { print -rl -- $@; state=%s; words=(%s) }; _describe() { print -rl -- $subcommands };"
                        + " source ./_zreap";
        assertTrue(run("zsh", "-f", "-c", asked.formatted("command", "")).stream()
                .anyMatch(line -> line.startsWith("sweep:")));
        List<String> sweep = run("zsh", "-f", "-c", asked.formatted("argument", "sweep"));
        assertTrue(
                sweep.stream().anyMatch(line -> line.startsWith("(--min-age)--min-age=[Spare those")), sweep::toString);
        assertTrue(sweep.stream().anyMatch(line -> line.endsWith(":WAY:(procfs netlink)")), sweep::toString);
    }

    private static List<String> run(String... command) throws Exception {
        ProcessBuilder shell =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        shell.environment().put("HOME", folder.toString());
        Process process = shell.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().toList();
    }
}
