// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.internal.proc.ProcStatus;

/**
 * Reads the threads of processes.
 *
 * @param proc where
 */
record Threads(ProcFs proc) {

    /** The most threads of a process that it looks at. */
    private static final int MOST = 512;

    private static final int SIGKILL_BIT = 8;
    private static final int SIGCHLD_BIT = 16;

    /** The threads that have not ended, the main one first. */
    List<ThreadFacts> of(ProcStat process) {
        return ids(process)
                .limit(MOST)
                .mapToObj(tid -> read(process, tid))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether the list has every thread. */
    boolean areAllSeen(ProcStat process) {
        return process.threads() <= MOST && ids(process).count() >= process.threads();
    }

    private LongStream ids(ProcStat process) {
        long pid = process.identity().pid();
        return LongStream.concat(LongStream.of(pid), proc.threads(pid).filter(tid -> tid != pid));
    }

    private Optional<ThreadFacts> read(ProcStat process, long tid) {
        long pid = process.identity().pid();
        Optional<ProcStat> stat = tid == pid ? Optional.of(process) : proc.threadStat(pid, tid);
        Optional<ProcStatus> status = tid == pid ? proc.status(pid) : proc.threadStatus(pid, tid);
        return stat.filter(s -> !s.hasEnded())
                .map(s -> new ThreadFacts(
                        tid,
                        s.state(),
                        s.identity().startTicks(),
                        proc.wchan(pid, tid),
                        status.filter(t -> t.bit("SigBlk", SIGCHLD_BIT)).isPresent(),
                        s.isExiting() || status.filter(Threads::hasSigkill).isPresent()));
    }

    private static boolean hasSigkill(ProcStatus status) {
        return status.bit("SigPnd", SIGKILL_BIT) || status.bit("ShdPnd", SIGKILL_BIT);
    }
}
