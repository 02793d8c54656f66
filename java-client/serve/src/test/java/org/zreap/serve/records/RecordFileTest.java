// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.ZreapException;

class RecordFileTest {

    private static final Instant NOW = Instant.parse("2026-11-29T03:12:00Z");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

    @Test
    void addsALineForEachEntry() throws IOException {
        Path file = folder.resolve("record.jsonl");
        try (RecordFile record = RecordFile.open(file, () -> NOW)) {
            record.add(Entries.service(NOW, "started", "mode report"));
        }
        try (RecordFile record = RecordFile.open(file, () -> NOW)) {
            record.add(Entries.service(NOW, "stopped", "bye"));
        }

        assertEquals(
                List.of(
                        "{\"version\":1,\"type\":\"service\",\"time\":\"2026-11-29T03:12:00Z\",\"event\":\"started\","
                                + "\"text\":\"mode report\"}",
                        "{\"version\":1,\"type\":\"service\",\"time\":\"2026-11-29T03:12:00Z\",\"event\":\"stopped\","
                                + "\"text\":\"bye\"}"),
                Files.readAllLines(file));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void goesOnInTheNewFileAfterARotation() throws IOException {
        Path file = folder.resolve("record.jsonl");
        try (RecordFile record = RecordFile.open(file, () -> NOW)) {
            record.add(Entries.service(NOW, "started", "one"));
            Files.move(file, folder.resolve("record.jsonl.1"));
            record.add(Entries.service(NOW, "policy-loaded", "two"));
            record.reopen();
            record.add(Entries.service(NOW, "stopped", "three"));
        }

        List<String> events = new ArrayList<>();
        assertEquals(
                0, RecordReader.read(file, line -> events.add(line.text("event").orElseThrow())));
        assertEquals(List.of("started", "policy-loaded", "stopped"), events);
        assertEquals(1, Files.readAllLines(file).size());
    }

    @Test
    void survivesAFullDiskAndSaysWhatIsLost() {
        Disk disk = new Disk(150);
        RecordFile record = new RecordFile(
                "disk", () -> disk, () -> NOW, new PrintStream(complaints, true, StandardCharsets.UTF_8));

        record.add(Entries.service(NOW, "started", "fits"));
        record.add(Entries.service(NOW, "outage", "is cut"));
        record.add(Entries.service(NOW, "outage", "is lost"));
        assertEquals(2, record.lost());
        disk.room = 10_000;
        record.add(Entries.service(NOW, "stopped", "fits again"));

        assertEquals(0, record.lost());
        List<String> texts = new ArrayList<>();
        long foreign = disk.written
                .toString(StandardCharsets.US_ASCII)
                .lines()
                .map(RecordLine::parse)
                .peek(line -> line.ifPresent(one -> texts.add(one.text("text").orElseThrow())))
                .filter(line -> line.isEmpty())
                .count();
        assertEquals(List.of("fits", "2 entries could not be written", "fits again"), texts);
        assertEquals(1, foreign);
        assertEquals(2, complaints.toString(StandardCharsets.UTF_8).lines().count());
    }

    @Test
    void saysThatItCannotBegin() {
        ZreapException e = assertThrows(
                ZreapException.class, () -> RecordFile.open(folder.resolve("none/record.jsonl"), () -> NOW));
        assertTrue(String.valueOf(e.getMessage()).contains("--record"), e.getMessage());
    }

    @Test
    void readsNothingThatIsNoEntry() {
        for (String line : List.of(
                "", "{", "[]", "{\"type\":\"step\"}", "{\"type\":\"step\",\"time\":\"now\"}", "{\"a\":1}}", "null")) {
            assertTrue(RecordLine.parse(line).isEmpty(), line);
        }
        assertThrows(ZreapException.class, () -> RecordReader.read(folder.resolve("none"), line -> {}));
    }

    /** A disk with so many bytes of room. */
    private static final class Disk implements WritableByteChannel {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private int room;

        private Disk(int room) {
            this.room = room;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int number = Math.min(room, source.remaining());
            if (number == 0) {
                throw new IOException("No space left on device");
            }
            for (int i = 0; i < number; i++) {
                written.write(source.get());
            }
            room -= number;
            return number;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
