// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.zreap.Failure;
import org.zreap.ZreapException;
import org.zreap.internal.SystemFiles;

/**
 * The installed kernels, and the module's file for each.
 *
 * <p>Immutable and so thread-safe.
 */
final class Kernels {

    private static final String MODULES = "lib/modules/";

    private static final Pattern FILE = Pattern.compile("zreap\\.ko(\\.(xz|zst|gz))?");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private static final Comparator<String> BY_NUMBERS = (a, b) -> Arrays.compare(numbers(a), numbers(b));

    private final SystemFiles files;

    Kernels(SystemFiles files) {
        this.files = files;
    }

    /** The release of the running kernel, as {@code uname -r} prints it; empty without procfs. */
    Optional<String> running() {
        return files.line("proc/sys/kernel/osrelease");
    }

    /** Kernels that can be booted and are newer than the running one, the oldest first. */
    List<String> newer() {
        return running().stream()
                .flatMap(release ->
                        files.names(MODULES).stream().filter(other -> BY_NUMBERS.compare(other, release) > 0))
                .filter(this::canBeBooted)
                .sorted(BY_NUMBERS)
                .toList();
    }

    /**
     * The module's file for a kernel: the file that depmod lists and modprobe loads, or else one
     * below the kernel's folder.
     *
     * @throws ZreapException if the folder cannot be read
     */
    Optional<Path> moduleFor(String release) {
        Path modules = files.root().resolve(MODULES).resolve(release);
        if (!Files.isDirectory(modules)) {
            return Optional.empty();
        }
        Optional<Path> listed = listed(release, modules);
        if (listed.isPresent()) {
            return listed;
        }
        try (Stream<Path> found = Files.walk(modules)) {
            return found.filter(Kernels::isModule).min(Comparator.naturalOrder());
        } catch (IOException | UncheckedIOException e) {
            throw new ZreapException(
                    Failure.of("cannot read the folder of kernel modules", "see that /lib/modules is readable")
                            .withCause(e));
        }
    }

    /** Whether the files to build a module for this kernel are installed. */
    boolean hasHeaders(String release) {
        return files.has(files.target(build(release)) + "/include");
    }

    /** Where the headers of a kernel should be. */
    static String build(String release) {
        return MODULES + release + "/build";
    }

    private boolean canBeBooted(String release) {
        return files.has("boot/vmlinuz-" + release) || files.has(MODULES + release + "/vmlinuz");
    }

    /** If there are several files, depmod lists the first in its search order. */
    private Optional<Path> listed(String release, Path modules) {
        return files.text(MODULES + release + "/modules.dep")
                .orElse("")
                .lines()
                .map(line -> modules.resolve(line.split(":", 2)[0]))
                .filter(file -> isModule(file) && Files.exists(file))
                .findFirst();
    }

    private static boolean isModule(Path file) {
        return FILE.matcher(file.getFileName().toString()).matches();
    }

    /** The numbers in a release: 6.1.0-10-amd64 comes after 6.1.0-9-amd64. */
    private static int[] numbers(String release) {
        return NUMBER.matcher(release)
                .results()
                .map(match -> match.group())
                .filter(digits -> digits.length() <= 9)
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
