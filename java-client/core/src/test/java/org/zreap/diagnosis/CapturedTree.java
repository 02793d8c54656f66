// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.zip.InflaterInputStream;

/**
 * A tree that scripts/capture has copied from a running host, written into a folder: {@code proc},
 * {@code cgroup}, and the beginnings of programs in {@code root}. The links to programs lead there.
 *
 * @param folder where it is
 * @param zombie the PID of the zombie
 */
record CapturedTree(Path folder, long zombie) {

    /** Writes a tree of the folder {@code trees} into a folder. */
    static CapturedTree write(String name, Path folder) throws IOException {
        try (InputStream file = CapturedTree.class.getResourceAsStream("trees/" + name + ".txt")) {
            String text = new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.US_ASCII);
            return new Writer(folder, text.lines().toList()).write();
        }
    }

    Path proc() {
        return folder.resolve("proc");
    }

    Diagnoser diagnoser() {
        return Diagnoser.of(proc(), folder.resolve("cgroup"));
    }

    /** Writes what the lines of such a file say. scripts/parents/copy-tree has the format. */
    private static final class Writer {

        private final Path folder;
        private final List<String> lines;
        private int at;
        private long zombie;

        Writer(Path folder, List<String> lines) {
            this.folder = folder;
            this.lines = lines;
        }

        CapturedTree write() throws IOException {
            while (at < lines.size()) {
                String[] words = lines.get(at++).split(" ", 3);
                switch (words[0]) {
                    case "#" -> {}
                    case "zombie" -> zombie = Long.parseLong(words[1]);
                    case "file" -> Files.write(made(words[1]), unescaped(String.join("\n", body()) + "\n"));
                    case "link" -> Files.createSymbolicLink(made(words[1]), target(words[1], words[2]));
                    case "head" -> Files.write(made("root" + words[1]), inflated(String.join("", body())));
                    default -> throw new IllegalArgumentException(lines.get(at - 1));
                }
            }
            return new CapturedTree(folder, zombie);
        }

        private List<String> body() {
            List<String> body = new ArrayList<>();
            while (at < lines.size() && lines.get(at).startsWith("\t")) {
                body.add(lines.get(at++).substring(1));
            }
            return body;
        }

        private Path made(String path) throws IOException {
            Path made = folder.resolve(path);
            Files.createDirectories(made.getParent());
            return made;
        }

        private Path target(String link, String target) {
            return link.endsWith("/exe") ? Path.of(folder + "/root" + target) : Path.of(target);
        }

        /** A backslash is an escape, and at the end of the file there is no line feed. */
        private static byte[] unescaped(String text) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c != '\\') {
                    bytes.write(c);
                } else if (text.charAt(i + 1) == 'x') {
                    bytes.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
                    i += 3;
                } else if (text.charAt(i + 1) == '\\') {
                    bytes.write('\\');
                    i++;
                } else {
                    i++;
                }
            }
            return bytes.toByteArray();
        }

        private static byte[] inflated(String base64) {
            byte[] deflated = Base64.getDecoder().decode(base64);
            try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
