// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.CommandName;
import org.zreap.ExitStatus;
import org.zreap.ProcessFacts;
import org.zreap.ProcessIdentity;
import org.zreap.ReapResult;
import org.zreap.Rusage;
import org.zreap.internal.ProcessFactsBuilder;

class ResultDecoderTest {

    private static final String HEADER =
            "PID RESULT ERRNO STATUS UTIME_US STIME_US MAXRSS_KB AGE_MS THREADS TRACER ADOPTER"
                    + " PPID START PARENT COMM\n";

    @Test
    void decodesEveryFact() {
        ReapResult result = decode("12 reaped 0 1792 1500 2500 2048 61000 0 - - 10 345 the\\040parent a child");

        Rusage rusage = new Rusage(Duration.ofNanos(1_500_000), Duration.ofNanos(2_500_000), 2 << 20);
        ProcessFacts facts = new ProcessFactsBuilder(12)
                .startTicks(OptionalLong.of(345))
                .name(Optional.of(CommandName.of("a child")))
                .parentPid(OptionalLong.of(10))
                .parentName(Optional.of(CommandName.of("the parent")))
                .status(Optional.of(new ExitStatus.Exited(7)))
                .rusage(Optional.of(rusage))
                .age(Optional.of(Duration.ofSeconds(61)))
                .livingThreads(OptionalInt.of(0))
                .build();
        ReapResult.Reaped reaped = assertInstanceOf(ReapResult.Reaped.class, result);
        assertEquals(facts, reaped.process());
        assertEquals(new ExitStatus.Exited(7), reaped.status());
        assertEquals(Optional.of(rusage), reaped.rusage());
        assertEquals(Optional.of(new ProcessIdentity(12, 345)), facts.identity());
        assertEquals("12@345 (a child): reaped, exited 7", result.toString());
    }

    @Test
    void decodesMissingProcess() {
        ReapResult result = decode("12 gone 3 - - - - - - - - - - - -");

        assertInstanceOf(ReapResult.Gone.class, result);
        assertEquals(Optional.empty(), result.process().identity());
        assertEquals("12: no such process, or somebody else has taken it", result.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "reaped, 'reaped, killed by SIGKILL'",
        "released, 'released, killed by SIGKILL'",
        "adopted, 'handed to process 8, killed by SIGKILL'",
        "would-reap, would be reaped",
        "would-release, would be released",
        "would-adopt, would be handed to process 8",
        "gone, 'no such process, or somebody else has taken it'",
        "thread, 'that is the number of a thread, not of a process'",
        "reused, the PID belongs to another process now",
        "denied, 'outside of what the caller may touch; ask on the host, by its PID there'",
        "alive, it is alive",
        "threads, '2 threads of it live, so it is no zombie yet'",
        "busy, its tracer is handing it over; ask again",
        "traced, tracer 99 holds it",
        "kernel-child, it is a child of a kernel thread",
        "parent-stopped, 'its parent is stopped, traced or frozen, and may wait for it when it goes on'",
        "parent-busy, 'its parent is in an uninterruptible sleep or not told yet, and may wait for it in a moment'",
        "young, a zombie for less than the minimum age",
        "no-adopter, the process that was to adopt it is not there",
        "adopter-exiting, process 8 is exiting",
        "adopter-blind, process 8 cannot see the zombie's PID namespace",
        "own-child, process 8 is its parent already",
        "deaf, 'process 8 would not wait for it, or would die of the signal'",
        "failed, the kernel failed to; see its log",
    })
    void knowsEveryWord(String word, String explanation) {
        ReapResult result = decode("12 " + word + " 5 9 0 0 0 5 2 99 8 10 345 p c");

        assertEquals(word, result.word());
        assertEquals(explanation, result.explanation());
        assertEquals("12@345 (c): " + result.explanation(), result.toString());
    }

    @Test
    void takesHiddenAdopterForUnknown() {
        ReapResult result = decode("12 adopted 0 - 0 0 0 5 0 - 0 10 345 p c");

        assertEquals(OptionalLong.empty(), result.process().adopter());
        assertEquals("12@345 (c): handed to another parent", result.toString());
        assertEquals(
                "the adopter is exiting",
                decode("12 adopter-exiting 3 - 0 0 0 5 0 - 0 10 345 p c").explanation());
    }

    @Test
    void takesHiddenTracerForUnknown() {
        ReapResult result = decode("12 traced 16 - - - - 5 0 0 - 10 345 p c");

        assertEquals(OptionalLong.empty(), result.process().tracer());
        assertEquals("12@345 (c): a tracer holds it", result.toString());
    }

    @Test
    void tellsThatTheParentIsOutsideOfTheContainer() {
        ReapResult result = decode("12 denied 1 - - - - 5 0 - - 0 345 - c");

        assertEquals(
                "12@345 (c): its parent is outside of this PID namespace, so nothing in here may touch it; ask on the"
                        + " host, by its PID there",
                result.toString());
    }

    @Test
    void keepsWordsOfNewerModules() {
        ReapResult result = decode("12 embalmed 95 9 0 0 0 5 2 99 8 10 345 p c");

        ReapResult.Unknown unknown = assertInstanceOf(ReapResult.Unknown.class, result);
        assertEquals("embalmed", unknown.word());
        assertEquals(95, unknown.errno());
    }

    @Test
    void refusesReapedWithoutStatus() {
        assertThrows(MalformedAnswerException.class, () -> decode("12 reaped 0 - 0 0 0 5 0 - - 10 345 p c"));
    }

    @Test
    void refusesAnswerWithoutPid() {
        assertThrows(MalformedAnswerException.class, () -> decode("- gone 3 - - - - - - - - - - - -"));
    }

    @Test
    void refusesImpossibleStatus() {
        assertThrows(MalformedAnswerException.class, () -> decode("12 reaped 0 65536 0 0 0 5 0 - - 10 345 p c"));
    }

    private static ReapResult decode(String row) {
        return ResultDecoder.decode(Table.parse((HEADER + row + "\n").getBytes(StandardCharsets.US_ASCII))
                .rows()
                .get(0));
    }
}
