// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.metrics;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.zreap.internal.proc.ProcFs;

/**
 * The files of the kernel module in sysfs. Nothing is there while no module is loaded.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param folder such as {@code /sys/kernel/zreap}
 */
record ModuleFiles(Path folder) {

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");

    /** The names of counters of events. Those with another unit have it in their name. */
    private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*");

    Optional<String> version() {
        return ProcFs.textOf(folder.resolve("version")).map(String::strip).filter(version -> !version.isEmpty());
    }

    /** The names of the counters of events. */
    Set<String> counters() {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("stats"))) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (NAME.matcher(name).matches()) {
                    names.add(name);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Set.of(); // it is not loaded, or is being unloaded
        }
        return names;
    }

    /** The value of a counter; 0 if it cannot be read. */
    double count(String counter) {
        return ProcFs.textOf(folder.resolve("stats").resolve(counter))
                .map(String::strip)
                .filter(text -> COUNT.matcher(text).matches())
                .map(Double::valueOf)
                .orElse(0.0);
    }
}
