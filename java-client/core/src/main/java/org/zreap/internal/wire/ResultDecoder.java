// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

import java.util.Optional;
import java.util.OptionalInt;
import org.zreap.ProcessFacts;
import org.zreap.ReapResult;
import org.zreap.Rusage;
import org.zreap.internal.KernelUsage;
import org.zreap.internal.ProcessFactsBuilder;
import org.zreap.internal.ResultParts;

/** Turns a row of the table of results into a {@link ReapResult}. Stateless. */
public final class ResultDecoder {

    private ResultDecoder() {}

    /**
     * Decodes the answer to a request. It names the requested process.
     *
     * @param row a row of the table of results
     * @return what it says
     * @throws MalformedAnswerException if a cell does not hold what its column promises
     */
    public static ReapResult decode(Row row) {
        return decode(row, row.requiredNumber("PID"));
    }

    /**
     * Decodes a result that another caller may have requested. Its PID may mean nothing here.
     *
     * @param row a row of the table of results
     * @return what it says; the PID is 0 if there is none
     * @throws MalformedAnswerException if a cell does not hold what its column promises
     */
    static ReapResult decodeOfOthers(Row row) {
        return decode(row, row.number("PID").orElse(0L));
    }

    private static ReapResult decode(Row row, long pid) {
        int errno = row.number("ERRNO").map(Long::intValue).orElse(0);
        ResultParts parts = new ResultParts(row.text("RESULT"), facts(row, pid), errno);
        try {
            return parts.toResult();
        } catch (IllegalArgumentException e) {
            throw new MalformedAnswerException("the row of " + pid + " has no STATUS");
        }
    }

    private static ProcessFacts facts(Row row, long pid) {
        return new ProcessFactsBuilder(pid)
                .startTicks(row.optionalNumber("START"))
                .name(row.name("COMM"))
                .parentPid(row.optionalNumber("PPID"))
                .parentName(row.name("PARENT"))
                .status(row.status("STATUS"))
                .rusage(rusage(row))
                .age(row.millis("AGE_MS"))
                .livingThreads(row.number("THREADS")
                        .map(n -> OptionalInt.of(n.intValue()))
                        .orElse(OptionalInt.empty()))
                .tracer(row.visiblePid("TRACER"))
                .adopter(row.visiblePid("ADOPTER"))
                .build();
    }

    private static Optional<Rusage> rusage(Row row) {
        return row.number("UTIME_US")
                .flatMap(user -> row.number("STIME_US")
                        .flatMap(system -> row.number("MAXRSS_KB").map(kb -> KernelUsage.of(user, system, kb))));
    }
}
