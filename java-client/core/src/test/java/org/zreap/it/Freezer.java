// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A cgroup (version 2) with one below it, where the process is: it can be frozen by either. */
final class Freezer implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private final long pid;
    private final Path outer;
    private final Path inner;

    private Freezer(long pid) {
        this.pid = pid;
        this.outer = ROOT.resolve("zreap-it-" + pid);
        this.inner = outer.resolve("inner");
    }

    /** Moves a process into them. */
    static Freezer around(long pid) {
        Freezer freezer = new Freezer(pid);
        try {
            Files.createDirectories(freezer.inner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(freezer.inner.resolve("cgroup.procs"), Long.toString(pid));
        return freezer;
    }

    /** Freezes the cgroup that the process is in. */
    void freeze() {
        freeze(inner);
    }

    /** Freezes the one above. */
    void freezeAbove() {
        freeze(outer);
    }

    private void freeze(Path group) {
        write(group.resolve("cgroup.freeze"), "1");
        Await.value(
                "the frost",
                () -> Optional.of(read(inner.resolve("cgroup.events"))).filter(events -> events.contains("frozen 1")));
    }

    /** The file that tells. */
    Path events() {
        return inner.resolve("cgroup.events");
    }

    void thaw() {
        write(inner.resolve("cgroup.freeze"), "0");
        write(outer.resolve("cgroup.freeze"), "0");
        Await.value("the thaw", () -> Optional.of(read(events())).filter(events -> events.contains("frozen 0")));
    }

    /** Thaws the process and moves it back. */
    @Override
    public void close() {
        thaw();
        write(ROOT.resolve("cgroup.procs"), Long.toString(pid));
        try {
            Files.delete(inner);
            Files.delete(outer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
