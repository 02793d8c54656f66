// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.records;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.zreap.Failure;
import org.zreap.ZreapException;

/** Reads a record. Stateless. */
public final class RecordReader {

    private RecordReader() {}

    /**
     * Reads a record, the oldest entry first. It begins with the file of the last rotation, if that
     * is there and is not compressed.
     *
     * @param file the record
     * @param entries receives each entry
     * @return how many lines are no entries
     * @throws ZreapException if the file cannot be read
     */
    public static long read(Path file, Consumer<RecordLine> entries) {
        Path rotated = file.resolveSibling(file.getFileName() + ".1");
        long foreign = Files.exists(rotated) ? readOne(rotated, entries) : 0;
        return foreign + readOne(file, entries);
    }

    private static long readOne(Path file, Consumer<RecordLine> entries) {
        long foreign = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<RecordLine> entry = RecordLine.parse(line);
                entry.ifPresent(entries);
                foreign += entry.isEmpty() ? 1 : 0;
            }
            return foreign;
        } catch (IOException e) {
            throw new ZreapException(Failure.of(
                            "cannot read the record " + file + " (" + e + ")",
                            "name the file of zreap serve by --record; root and the group zreap may read it")
                    .withPath(file)
                    .withCause(e));
        }
    }
}
