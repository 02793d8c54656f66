// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;

/**
 * All processes. It reads them once, at the first call.
 *
 * <p>Not thread-safe: for one diagnosis.
 */
public final class ProcessTable {

    private final ProcFs proc;
    private Optional<List<ProcStat>> all = Optional.empty();

    /**
     * Reads by this.
     *
     * @param proc where
     */
    public ProcessTable(ProcFs proc) {
        this.proc = proc;
    }

    /** Every process that can be seen. */
    public List<ProcStat> all() {
        List<ProcStat> read = all.orElseGet(
                () -> proc.pids().mapToObj(proc::stat).flatMap(Optional::stream).toList());
        all = Optional.of(read);
        return read;
    }

    /** The children of a process that have not ended. */
    public List<ProcStat> livingChildren(long parent) {
        return all().stream()
                .filter(stat -> stat.parentPid() == parent && !stat.hasEnded())
                .toList();
    }
}
