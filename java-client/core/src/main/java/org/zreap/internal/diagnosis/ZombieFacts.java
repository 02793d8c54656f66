// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.internal.proc.ProcStat;

/**
 * Facts about a zombie that {@link org.zreap.Zombie} does not have. They are equal for zombies of
 * one parent with one cause.
 *
 * @param exitSignal the signal that its parent gets, if it could be seen
 * @param startTicks when it started, in clock ticks since boot
 * @param session its session
 * @param nsPids its PID in every namespace, the outermost first
 * @param nsSession its session in its own PID namespace
 * @param pidNamespace its PID namespace, as the link names it
 * @param tracer the process that traces it
 * @param livingThreads its threads that have not ended
 * @param placement where it belongs, from its own cgroups
 */
public record ZombieFacts(
        Optional<Integer> exitSignal,
        long startTicks,
        OptionalLong session,
        List<Long> nsPids,
        OptionalLong nsSession,
        Optional<String> pidNamespace,
        Optional<ProcStat> tracer,
        List<ThreadFacts> livingThreads,
        Optional<org.zreap.diagnosis.Placement> placement) {

    private static final int SIGCHLD = 17;

    /** Whether the kernel tells its parent of its end by SIGCHLD. */
    public boolean endsWithSigchld() {
        return exitSignal.filter(signal -> signal != SIGCHLD).isEmpty();
    }

    /** Its PID in its own PID namespace. */
    public OptionalLong innermostPid() {
        return nsPids.isEmpty() ? OptionalLong.empty() : OptionalLong.of(nsPids.get(nsPids.size() - 1));
    }

    static ZombieFacts unseen(long startTicks) {
        return new ZombieFacts(
                Optional.empty(),
                startTicks,
                OptionalLong.empty(),
                List.of(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    static ZombieFacts of(
            ProcStat stat,
            List<Long> nsPids,
            OptionalLong nsSession,
            Optional<String> pidNamespace,
            Optional<ProcStat> tracer,
            List<ThreadFacts> livingThreads,
            Optional<org.zreap.diagnosis.Placement> placement) {
        return new ZombieFacts(
                Optional.of(stat.exitSignal()),
                stat.identity().startTicks(),
                OptionalLong.of(stat.session()),
                nsPids,
                nsSession,
                pidNamespace,
                tracer,
                livingThreads,
                placement);
    }
}
