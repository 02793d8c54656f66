// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.transport;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.zreap.internal.Progress;
import org.zreap.internal.SystemFiles;
import org.zreap.internal.sys.Descriptor;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;
import org.zreap.internal.wire.MalformedAnswerException;
import org.zreap.internal.wire.Row;
import org.zreap.internal.wire.Table;

/**
 * A file of the module. Each use opens it again. Failures become exceptions of the library.
 *
 * <p>Immutable and so thread-safe.
 */
final class ModuleFile {

    /** The work on the open file. */
    interface Use<T> {
        T of(Descriptor file) throws ErrnoException;
    }

    private interface Opener {
        int open(String path) throws ErrnoException;
    }

    private final Sys sys;
    private final Path path;
    private final Failures failures;

    /**
     * Uses this file.
     *
     * @param sys the system calls
     * @param path where it is
     * @param files the machine's files, for what a failure says
     */
    ModuleFile(Sys sys, Path path, SystemFiles files) {
        this.sys = sys;
        this.path = path;
        this.failures = Failures.of(path, files);
    }

    /** Opens it for reading only. */
    <T> T read(Use<T> use) {
        return open(sys::openForReading, new Progress(), use);
    }

    /** Opens it for reading and writing; a failure has the results so far. */
    <T> T readAndWrite(Progress progress, Use<T> use) {
        return open(sys::open, progress, use);
    }

    /** Reads the rest of the file. */
    static <T> List<T> rows(Descriptor file, Function<Row, T> decoder) throws ErrnoException {
        return Table.parse(file.readAll()).rows().stream().map(decoder).toList();
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private <T> T open(Opener opener, Progress progress, Use<T> use) {
        try (Descriptor file = new Descriptor(sys, opener.open(path.toString()))) {
            return use.of(file);
        } catch (ErrnoException e) {
            throw failures.of(e, progress.results());
        } catch (MalformedAnswerException e) {
            throw failures.garbled(e.problem(), progress.results());
        }
    }
}
