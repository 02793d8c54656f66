// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.records;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.zreap.Failure;
import org.zreap.ZreapException;
import org.zreap.json.JsonLines;

/**
 * The record in a file, or on standard output for the journal. Every entry is written at once, in
 * one write. If the disk is full, the service goes on: the file counts the entries that are lost,
 * and says so in the record when it can write again.
 *
 * <p>Not thread-safe: one thread writes.
 */
public final class RecordFile implements Recorder, AutoCloseable {

    /** Where the service keeps its record, unless it is told otherwise. */
    public static final Path DEFAULT = Path.of("/var/log/zreap/record.jsonl");

    /** The path that stands for standard output. */
    public static final Path STANDARD_OUTPUT = Path.of("-");

    private static final Set<StandardOpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    /** Opens the place that entries go to. */
    interface Opener {
        WritableByteChannel open() throws IOException;
    }

    private final String place;
    private final Opener opener;
    private final Supplier<Instant> now;
    private final PrintStream complaints;
    private Optional<WritableByteChannel> channel = Optional.empty();
    private long lost;
    private boolean isCut;

    RecordFile(String place, Opener opener, Supplier<Instant> now, PrintStream complaints) {
        this.place = place;
        this.opener = opener;
        this.now = now;
        this.complaints = complaints;
    }

    /**
     * Opens it.
     *
     * @param path the file, which is made if it is not there, or {@link #STANDARD_OUTPUT}
     * @param now the time of entries about the record itself
     * @return the record
     * @throws ZreapException if it cannot be opened
     */
    public static RecordFile open(Path path, Supplier<Instant> now) {
        boolean isOutput = path.equals(STANDARD_OUTPUT);
        RecordFile record = new RecordFile(
                isOutput ? "standard output" : path.toString(),
                isOutput
                        ? () -> new FileOutputStream(FileDescriptor.out).getChannel()
                        : () -> Files.newByteChannel(
                                path,
                                APPEND,
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))),
                now,
                System.err);
        try {
            record.channel = Optional.of(record.opener.open());
        } catch (IOException e) {
            throw new ZreapException(Failure.of(
                            "cannot write the record to " + path + " (" + e + ")",
                            "make its folder, or name another file by --record; - is standard output")
                    .withPath(path)
                    .withCause(e));
        }
        return record;
    }

    /** Goes on in the file that has the name now, after a rotation. */
    public void reopen() {
        try {
            WritableByteChannel opened = opener.open();
            close();
            channel = Optional.of(opened);
            isCut = false;
        } catch (IOException e) {
            complaints.println("zreap: cannot open " + place + " anew (" + e + "); the record goes on in the old file");
        }
    }

    @Override
    public void add(JsonLines.Body entry) {
        if (lost > 0 && write(Entries.lost(now.get(), lost))) {
            complaints.println("zreap: " + place + " takes entries again; " + lost + " are lost");
            lost = 0;
        }
        if (lost > 0 || !write(entry)) {
            lost++;
        }
    }

    private boolean write(JsonLines.Body entry) {
        StringWriter line = new StringWriter();
        if (isCut) {
            line.append('\n');
        }
        new JsonLines(new PrintWriter(line)).print(entry);
        ByteBuffer bytes = ByteBuffer.wrap(line.toString().getBytes(StandardCharsets.US_ASCII));
        try {
            WritableByteChannel to = channel.isPresent() ? channel.get() : opener.open();
            channel = Optional.of(to);
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
            isCut = false;
            return true;
        } catch (IOException e) {
            isCut = isCut || bytes.position() > 0;
            if (lost == 0) {
                complaints.println("zreap: cannot write to " + place + " (" + e
                        + "); zreap goes on without a record until it can");
            }
            return false;
        }
    }

    /** How many entries are lost since the last that was written. */
    public long lost() {
        return lost;
    }

    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
        } catch (IOException e) {
            complaints.println("zreap: cannot close " + place + " (" + e + ")");
        }
        channel = Optional.empty();
    }
}
