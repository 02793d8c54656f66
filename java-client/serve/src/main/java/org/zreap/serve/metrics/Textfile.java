// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes the metrics into a file for node_exporter, which finds either the old file or the new one.
 *
 * <p>Not thread-safe.
 */
final class Textfile {

    private static final long PAUSE = Duration.ofSeconds(15).toNanos();

    private final Path path;
    private final Path draft;
    private final Consumer<String> complaints;
    private OptionalLong writtenNanos = OptionalLong.empty();
    private boolean hasFailed;

    /**
     * A file.
     *
     * @param path the file
     * @param complaints hears of the first failure in a row
     */
    Textfile(Path path, Consumer<String> complaints) {
        this.path = path;
        // node_exporter reads names that end in .prom.
        this.draft = path.resolveSibling(path.getFileName() + ".tmp");
        this.complaints = complaints;
    }

    Path path() {
        return path;
    }

    /** Writes if the last time is long enough ago. */
    void refresh(Supplier<String> text, long nanos) {
        if (writtenNanos.isPresent() && nanos - writtenNanos.getAsLong() < PAUSE) {
            return;
        }
        writtenNanos = OptionalLong.of(nanos);
        try {
            Files.writeString(draft, text.get());
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
            hasFailed = false;
        } catch (IOException e) {
            if (!hasFailed) {
                complaints.accept("cannot write the metrics to " + path + " (" + e + ")");
            }
            hasFailed = true;
        }
    }

    /** Removes the file: nobody shall take old figures for new ones. */
    void remove() {
        try {
            Files.deleteIfExists(draft);
            Files.deleteIfExists(path);
        } catch (IOException e) {
            complaints.accept("cannot remove " + path + " (" + e + ")");
        }
    }
}
