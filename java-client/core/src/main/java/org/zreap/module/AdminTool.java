// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.input.BoundedInputStream;

/** Runs a program of kmod, such as modprobe(8). */
interface AdminTool {

    /** More than such programs say. What comes after is dropped. */
    int MAX_BYTES = 1 << 20;

    /**
     * What a program said.
     *
     * @param exitCode its exit code
     * @param text its output and its messages, in the C locale
     */
    record Answer(int exitCode, String text) {}

    /** Runs it until it ends; empty if it is not there or cannot be started. */
    Optional<Answer> run(String name, List<String> arguments);

    /** The program that PATH finds. On Debian, the PATH of users lacks the last two folders. */
    static Optional<Answer> ofSystem(String name, List<String> arguments) {
        return find(name, System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin")
                .flatMap(program -> start(program, arguments));
    }

    /** The first program of this name in the folders of a path. */
    static Optional<Path> find(String name, String path) {
        return Stream.of(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Answer> start(Path program, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(program.toString()));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String text = read(process.getInputStream());
            return Optional.of(new Answer(process.onExit().join().exitValue(), text));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String read(InputStream output) throws IOException {
        try (output) {
            InputStream beginning = BoundedInputStream.builder()
                    .setInputStream(output)
                    .setMaxCount(MAX_BYTES)
                    .setPropagateClose(false)
                    .get();
            String text = IOUtils.toString(beginning, StandardCharsets.UTF_8);
            IOUtils.consume(output);
            return text;
        }
    }
}
