// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.transport;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zreap.Failure;
import org.zreap.ModuleTooOldException;
import org.zreap.internal.sys.Descriptor;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;
import org.zreap.internal.wire.Order;

/**
 * The options that the loaded module knows: its file {@code /sys/kernel/zreap/options}.
 *
 * <p>Immutable and so thread-safe.
 */
public final class OptionsFile {

    /** The options that every module knows, also a module older than this file. */
    private static final Set<String> FROM_THE_FIRST = Set.of("min-age", "dry-run", "parent", "to", "signal");

    private final Sys sys;
    private final Path file;
    private final Path version;

    /**
     * Uses the file in this folder.
     *
     * @param sys the system calls
     * @param folder the module's folder in sysfs
     */
    public OptionsFile(Sys sys, Path folder) {
        this.sys = sys;
        this.file = folder.resolve("options");
        this.version = folder.resolve("version");
    }

    /**
     * Checks that the module knows all options of an order. It does nothing if the folder is not
     * there, because no module is loaded or this process has no sysfs. A module that does not know
     * an option refuses the whole request anyway.
     *
     * @throws ModuleTooOldException if it does not know one
     */
    public void require(Order order) {
        List<String> needed = order.options();
        if (FROM_THE_FIRST.containsAll(needed)) {
            return;
        }
        Optional<Set<String>> known = known();
        List<String> missing = needed.stream()
                .filter(option -> known.isPresent() && !known.get().contains(option))
                .toList();
        if (!missing.isEmpty()) {
            String loaded = text(version).map(v -> ", version " + v + ",").orElse("");
            throw new ModuleTooOldException(Failure.of(
                            "the loaded kernel module zreap" + loaded + " is too old: it does not know the option "
                                    + String.join(", ", missing) + ", which this request needs",
                            "nothing was done; load the kernel module of the same release as this library"
                                    + " (rmmod zreap, then modprobe zreap)")
                    .withPath(file));
        }
    }

    /** The options; empty if they cannot be read. */
    private Optional<Set<String>> known() {
        try {
            return Optional.of(Set.of(read(file).split(" ")));
        } catch (ErrnoException e) {
            boolean isOlder = e.errno() == Errno.ENOENT && text(version).isPresent();
            return isOlder ? Optional.of(FROM_THE_FIRST) : Optional.empty();
        }
    }

    private Optional<String> text(Path path) {
        try {
            return Optional.of(read(path));
        } catch (ErrnoException e) {
            return Optional.empty();
        }
    }

    private String read(Path path) throws ErrnoException {
        try (Descriptor open = new Descriptor(sys, sys.openForReading(path.toString()))) {
            return new String(open.readAll(), StandardCharsets.US_ASCII).strip();
        }
    }
}
