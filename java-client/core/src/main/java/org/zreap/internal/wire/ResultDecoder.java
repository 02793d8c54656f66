// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.zreap.ExitStatus;
import org.zreap.ProcessFacts;
import org.zreap.ReapResult;
import org.zreap.Rusage;
import org.zreap.internal.KernelUsage;

/** Turns a row of the table of results into a {@link ReapResult}. Stateless. */
public final class ResultDecoder {

    private static final Map<String, Function<ProcessFacts, ReapResult>> BY_WORD = Map.ofEntries(
            Map.entry("reaped", facts -> new ReapResult.Reaped(facts, status(facts), facts.rusage())),
            Map.entry("released", facts -> new ReapResult.Released(facts, status(facts), facts.rusage())),
            Map.entry("adopted", ReapResult.Adopted::new),
            Map.entry("would-reap", ReapResult.WouldReap::new),
            Map.entry("would-release", ReapResult.WouldRelease::new),
            Map.entry("would-adopt", ReapResult.WouldAdopt::new),
            Map.entry("gone", ReapResult.Gone::new),
            Map.entry("thread", ReapResult.ThreadId::new),
            Map.entry("reused", ReapResult.Reused::new),
            Map.entry("denied", ReapResult.Denied::new),
            Map.entry("alive", ReapResult.Alive::new),
            Map.entry("threads", ReapResult.Threads::new),
            Map.entry("busy", ReapResult.Busy::new),
            Map.entry("traced", ReapResult.Traced::new),
            Map.entry("kernel-child", ReapResult.KernelChild::new),
            Map.entry("parent-stopped", ReapResult.ParentStopped::new),
            Map.entry("parent-busy", ReapResult.ParentBusy::new),
            Map.entry("young", ReapResult.Young::new),
            Map.entry("no-adopter", ReapResult.NoAdopter::new),
            Map.entry("adopter-exiting", ReapResult.AdopterExiting::new),
            Map.entry("adopter-blind", ReapResult.AdopterBlind::new),
            Map.entry("own-child", ReapResult.OwnChild::new),
            Map.entry("deaf", ReapResult.Deaf::new),
            Map.entry("failed", ReapResult.Failed::new));

    private ResultDecoder() {}

    /**
     * Decodes the answer to a request, which names the process that was asked for.
     *
     * @param row a row of the table of results
     * @return what it says
     * @throws MalformedAnswerException if a cell does not hold what its column promises
     */
    public static ReapResult decode(Row row) {
        return decode(row, row.requiredNumber("PID"));
    }

    /**
     * Decodes what somebody else may have asked for, with a number that means nothing here.
     *
     * @param row a row of the table of results
     * @return what it says; the PID is 0 if there is none
     * @throws MalformedAnswerException if a cell does not hold what its column promises
     */
    static ReapResult decodeOfOthers(Row row) {
        return decode(row, row.number("PID").orElse(0L));
    }

    private static ReapResult decode(Row row, long pid) {
        String word = row.text("RESULT");
        ProcessFacts facts = facts(row, pid);
        Function<ProcessFacts, ReapResult> known = BY_WORD.get(word);
        return known != null
                ? known.apply(facts)
                : new ReapResult.Unknown(
                        facts, word, row.number("ERRNO").map(Long::intValue).orElse(0));
    }

    private static ProcessFacts facts(Row row, long pid) {
        return new ProcessFacts(
                pid,
                row.optionalNumber("START"),
                row.name("COMM"),
                row.optionalNumber("PPID"),
                row.name("PARENT"),
                row.status("STATUS"),
                rusage(row),
                row.millis("AGE_MS"),
                row.number("THREADS").map(n -> OptionalInt.of(n.intValue())).orElse(OptionalInt.empty()),
                row.visiblePid("TRACER"),
                row.visiblePid("ADOPTER"));
    }

    private static Optional<Rusage> rusage(Row row) {
        return row.number("UTIME_US")
                .flatMap(user -> row.number("STIME_US")
                        .flatMap(system -> row.number("MAXRSS_KB").map(kb -> KernelUsage.of(user, system, kb))));
    }

    private static ExitStatus status(ProcessFacts facts) {
        return facts.status()
                .orElseThrow(() -> new MalformedAnswerException("the row of " + facts.pid() + " has no STATUS"));
    }
}
