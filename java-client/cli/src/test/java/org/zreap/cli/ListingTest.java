// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.zreap.CommandName;
import org.zreap.ExitStatus;
import org.zreap.ProcessFacts;
import org.zreap.ProcessIdentity;
import org.zreap.ReapReport;
import org.zreap.ReapResult;
import org.zreap.Rusage;
import org.zreap.Zombie;
import org.zreap.ZombieState;
import org.zreap.event.ResultEvent;
import org.zreap.internal.ProcessFactsBuilder;
import org.zreap.internal.ResultParts;
import org.zreap.internal.ZombieBuilder;

class ListingTest {

    private static final Zombie HOSTILE = new ZombieBuilder(
                    new ProcessIdentity(77, 345), CommandName.of("\u001b[2J\rroot \u009b"))
            .parentPid(10)
            .parentName(Optional.of(CommandName.of("java")))
            .spared(Optional.of(ZombieState.PARENT_BUSY))
            .uid(OptionalLong.of(1000))
            .age(Optional.of(Duration.ofMinutes(125)))
            .status(Optional.of(new ExitStatus.Exited(7)))
            .build();

    private static final Zombie KNOWN_ONLY_FROM_PROC = new ZombieBuilder(
                    new ProcessIdentity(4_000_000, 345), CommandName.of("sh"))
            .state(ZombieState.TRACED)
            .tracer(OptionalLong.of(99))
            .build();

    private static final ProcessFacts FACTS = new ProcessFactsBuilder(77)
            .startTicks(OptionalLong.of(345))
            .name(Optional.of(CommandName.of("sh")))
            .parentPid(OptionalLong.of(10))
            .parentName(Optional.of(CommandName.of("java")))
            .status(Optional.of(new ExitStatus.Signalled(11, true)))
            .rusage(Optional.of(new Rusage(Duration.ofMillis(1), Duration.ofMillis(2), 4096)))
            .age(Optional.of(Duration.ofSeconds(3)))
            .livingThreads(OptionalInt.of(0))
            .adopter(OptionalLong.of(12))
            .build();

    private static final ReapResult REAPED = new ResultParts("reaped", FACTS, 0).toResult();

    private static final ReapResult ALIVE = new ResultParts("alive", FACTS, 0).toResult();

    @Test
    void tableOfZombiesShowsNothingThatTerminalsObey() {
        assertEquals(
                """
                PID      PPID  AGE  STATUS    STATE     SPARED       UID   PARENT  NAME
                77       10    2h   exited 7  reapable  parent-busy  1000  java    \\033[2J\\015root \\302\\233
                4000000  0     -    -         traced    traced       -     -       sh
                """, print(new ZombieListing(List.of(HOSTILE, KNOWN_ONLY_FROM_PROC), true, Optional.empty()).table()));
    }

    @Test
    void tableOfResultsExplains() {
        assertEquals("""
                PID  NAME  RESULT  EXPLANATION
                77   sh    reaped  reaped, killed by SIGSEGV (core dumped)
                77   sh    alive   it is alive
                """, print(new ResultListing(List.of(REAPED, ALIVE)).table()));
    }

    @Test
    void jsonOfZombiesLeavesOutWhatIsNotKnown() throws IOException {
        assertEquals(
                "[{\"pid\":77,\"start\":345,\"name\":\"\\\\033[2J\\\\015root \\\\302\\\\233\",\"parentPid\":10,"
                        + "\"parentName\":\"java\",\"state\":\"reapable\",\"spared\":\"parent-busy\","
                        + "\"uid\":1000,\"livingThreads\":0,"
                        + "\"ageMillis\":7500000,\"exitCode\":7},"
                        + "{\"pid\":4000000,\"start\":345,\"name\":\"sh\",\"parentPid\":0,\"state\":\"traced\","
                        + "\"spared\":\"traced\",\"livingThreads\":0,\"tracer\":99}]",
                json(new ZombieListing(List.of(HOSTILE, KNOWN_ONLY_FROM_PROC), true, Optional.empty())));
    }

    @Test
    void jsonOfResultsTellsAll() throws IOException {
        assertEquals(
                "[{\"pid\":77,\"start\":345,\"result\":\"reaped\","
                        + "\"explanation\":\"reaped, killed by SIGSEGV (core dumped)\","
                        + "\"name\":\"sh\",\"parentPid\":10,"
                        + "\"parentName\":\"java\",\"ageMillis\":3000,\"livingThreads\":0,\"adopter\":12,"
                        + "\"signal\":11,\"signalName\":\"SIGSEGV\",\"coreDumped\":true,"
                        + "\"userMicros\":1000,\"systemMicros\":2000,"
                        + "\"maxResidentBytes\":4096}]",
                json(new ResultListing(List.of(REAPED))));
    }

    @Test
    void watchTellsPrograms() throws IOException {
        StringWriter text = new StringWriter();
        WatchCommand.Printer watch = new WatchCommand.Printer(new PrintWriter(text), true, new CompletableFuture<>());

        watch.onResult(new ResultEvent(
                Instant.ofEpochMilli(1_795_505_444_873L), "reap", OptionalLong.of(128), OptionalLong.of(0), REAPED));
        watch.onLost();

        List<String> lines = Schemas.assertValid("watch", text.toString());
        assertTrue(
                lines.get(0)
                        .startsWith("{\"version\":1,\"type\":\"result\",\"time\":\"2026-11-24T07:30:44.873Z\","
                                + "\"verb\":\"reap\",\"callerPid\":128,\"callerUid\":0,\"pid\":77,"),
                lines.get(0));
        assertEquals("{\"version\":1,\"type\":\"lost\"}", lines.get(1));
    }

    @Test
    void sweepTellsWhatItSparedAndWhy() throws IOException {
        SweepListing sweep = new SweepListing(new ReapReport(
                List.of(ALIVE),
                Map.of(
                        ZombieState.YOUNG, List.of(HOSTILE),
                        ZombieState.PARENT_STOPPED, List.of(HOSTILE, KNOWN_ONLY_FROM_PROC, HOSTILE)),
                List.of(),
                Duration.ZERO,
                false));

        assertEquals(
                List.of(
                        "3 spared: parent-stopped (its parent is stopped, traced or frozen, and may wait for it when"
                                + " it goes on), 2 of them children of 10 (java), the others of 1 more parents",
                        "1 spared: young (a zombie for less than the minimum age), children of 10 (java)"),
                sweep.notes());
        String json = json(sweep);
        assertTrue(json.startsWith("[{\"pid\":77,\"start\":345,\"result\":\"alive\","), json);
        assertTrue(json.contains("\"state\":\"reapable\",\"spared\":\"parent-stopped\","), json);
        assertTrue(json.contains("\"state\":\"reapable\",\"spared\":\"young\","), json);
    }

    @Test
    void agesAreRoundedDown() {
        assertEquals("999ms", Cells.age(Optional.of(Duration.ofMillis(999))));
        assertEquals("59s", Cells.age(Optional.of(Duration.ofMillis(59_999))));
        assertEquals("59m", Cells.age(Optional.of(Duration.ofSeconds(3599))));
        assertEquals("23h", Cells.age(Optional.of(Duration.ofMinutes(1439))));
        assertEquals("400d", Cells.age(Optional.of(Duration.ofDays(400))));
    }

    @Test
    void tableRefusesRowsOfAnotherWidth() {
        TextTable table = new TextTable("A", "B");

        assertThrows(IllegalArgumentException.class, () -> table.add("1"));
    }

    private static String print(TextTable table) {
        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text, true), true);
        return text.toString();
    }

    private static String json(Listing listing) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartArray();
            listing.writeJson(json);
            json.writeEndArray();
        }
        return text.toString();
    }
}
