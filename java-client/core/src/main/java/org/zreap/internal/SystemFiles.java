// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine's files below a root folder. A file that cannot be read counts as absent.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param root {@code /}, or a folder of a test
 */
public record SystemFiles(Path root) {

    private static final Path SLASH = Path.of("/");

    /** The text of a file, one character for each byte. */
    public Optional<String> text(String file) {
        return bytes(file).map(content -> new String(content, StandardCharsets.ISO_8859_1));
    }

    /** The first line of a file. */
    public Optional<String> line(String file) {
        return text(file).map(text -> text.lines().findFirst().orElse("").strip());
    }

    /** The content of a file. */
    public Optional<byte[]> bytes(String file) {
        try {
            return Optional.of(Files.readAllBytes(root.resolve(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether there is such a file or folder. */
    public boolean has(String path) {
        return Files.exists(root.resolve(path));
    }

    /** The names in a folder, in order; none if it cannot be read. */
    public List<String> names(String folder) {
        try (Stream<Path> entries = Files.list(root.resolve(folder))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The target of a symbolic link, as the link holds it. */
    public Optional<Path> link(String path) {
        try {
            return Optional.of(Files.readSymbolicLink(root.resolve(path)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The target of a symbolic link, as a path below the root; the path itself if it is no link.
     */
    public String target(String path) {
        return link(path)
                .map(target -> target.isAbsolute()
                        ? SLASH.relativize(target)
                        : Path.of(path).resolveSibling(target).normalize())
                .map(Path::toString)
                .orElse(path);
    }

    /** The path as it is on the machine itself. */
    public static String shown(String path) {
        return "/" + path;
    }
}
