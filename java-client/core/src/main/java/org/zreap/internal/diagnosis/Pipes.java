// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.zreap.internal.diagnosis.ParentFacts.PipeRead;
import org.zreap.internal.proc.BoundedLook;
import org.zreap.internal.proc.FdInfo;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.internal.proc.ProcSyscall;

/**
 * Finds the processes that hold the other end of a pipe.
 *
 * @param proc where to read
 * @param looks bounds what may hang
 */
record Pipes(ProcFs proc, BoundedLook looks) {

    /** The most processes with that pipe that a text names. */
    private static final int MOST_NAMED = 5;

    /** The pipe that a sleeping thread reads from. */
    Optional<PipeRead> of(long pid, long tid, ProcessTable table) {
        return looks.at(() -> proc.text(pid, "task/" + tid + "/syscall"))
                .flatMap(ProcSyscall::parse)
                .flatMap(call -> proc.link(pid, "fd/" + call.firstArgument()))
                .filter(link -> link.startsWith("pipe:["))
                .map(link -> new PipeRead(
                        tid,
                        link,
                        looks.at(() -> Optional.of(writers(link, table))).orElse(List.of())));
    }

    private List<String> writers(String link, ProcessTable table) {
        List<String> writers = new ArrayList<>();
        for (ProcStat process : table.all()) {
            if (writers.size() == MOST_NAMED) {
                break;
            }
            if (!process.hasEnded()
                    && !process.isUninterruptible()
                    && writes(process.identity().pid(), link)) {
                writers.add(process.identity().pid() + " (" + process.name() + ")");
            }
        }
        return writers;
    }

    private boolean writes(long pid, String link) {
        return proc.openFiles(pid).stream()
                .flatMap(List::stream)
                .filter(file ->
                        proc.link(pid, "fd/" + file).filter(link::equals).isPresent())
                .anyMatch(file -> proc.text(pid, "fdinfo/" + file)
                        .filter(FdInfo::canWrite)
                        .isPresent());
    }
}
