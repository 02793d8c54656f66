// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A real terminal, whose keys a test presses and whose screen it reads. */
public final class Tmux implements AutoCloseable {

    private final Path socket;

    /** A terminal with its socket in a folder, whose path must be short: a socket's may have 107 bytes. */
    public Tmux(Path folder) {
        this.socket = folder.resolve("tmux");
    }

    /** Runs a line of the shell in the terminal, with a variable of the environment besides the test's own. */
    public void start(int width, int height, String variable, String line) throws IOException, InterruptedException {
        tmux(
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-s",
                "test",
                "-x",
                Integer.toString(width),
                "-y",
                Integer.toString(height),
                "-e",
                variable,
                line);
    }

    /** Presses keys: characters, or names such as {@code Enter} and {@code C-c}. */
    public void type(String... keys) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("send-keys", "-t", "test"));
        command.addAll(List.of(keys));
        tmux(command.toArray(String[]::new));
    }

    /** Gives the terminal another size. */
    public void resize(int width, int height) throws IOException, InterruptedException {
        tmux("resize-window", "-t", "test", "-x", Integer.toString(width), "-y", Integer.toString(height));
    }

    /** Looks until the screen is as it is wanted; the time of the test bounds it. */
    public List<String> await(Predicate<List<String>> wanted) throws IOException {
        List<String> screen = List.of();
        try {
            while (screen.isEmpty() || !wanted.test(screen)) {
                screen = tmux("capture-pane", "-p", "-t", "test").lines().toList();
            }
            return screen;
        } catch (InterruptedException e) {
            throw new AssertionError(String.join("\n", screen), e);
        }
    }

    /** Looks until a line of the screen has a text. */
    public List<String> awaitText(String text) throws IOException {
        return await(screen -> contains(screen, text));
    }

    /** The screen with the sequences that give it colours. */
    public String coloured() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p", "-e", "-t", "test");
    }

    /** Whether a line of the screen has a text. */
    public static boolean contains(List<String> screen, String text) {
        return screen.stream().anyMatch(line -> line.contains(text));
    }

    private String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("TMUX");
        builder.environment().remove("NO_COLOR");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** Ends all that runs in the terminal. */
    @Override
    public void close() throws IOException, InterruptedException {
        tmux("kill-server");
    }
}
