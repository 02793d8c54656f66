// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.zreap.CommandName;
import org.zreap.internal.diagnosis.ParentFacts.PipeSleep;
import org.zreap.internal.proc.BoundedLook;
import org.zreap.internal.proc.FdInfo;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.internal.proc.ProcSyscall;

/**
 * Finds pipes that a process sleeps for, and the processes that hold the other end.
 *
 * @param proc where to read
 * @param looks bounds what may hang
 */
record Pipes(ProcFs proc, BoundedLook looks) {

    /** The most processes with that pipe that a text names. */
    private static final int MOST_NAMED = 5;

    /** The pipe that the main thread of a process sleeps for. */
    Optional<PipeSleep> of(ThreadFacts main, ProcessTable table) {
        long pid = main.tid();
        boolean writes = main.sleepsIn("pipe_write");
        if (!writes && !main.sleepsIn("pipe_read")) {
            return Optional.empty();
        }
        return looks.at(() -> proc.text(pid, "task/" + pid + "/syscall"))
                .flatMap(ProcSyscall::parse)
                .flatMap(call -> proc.link(pid, "fd/" + call.firstArgument()))
                .filter(Pipes::mayBePipe)
                .map(link -> new PipeSleep(
                        pid,
                        CommandName.of(link).toString(),
                        writes,
                        looks.at(() -> Optional.of(others(pid, link, writes, table)))
                                .orElse(List.of())));
    }

    /** A named pipe shows its path. A terminal means that the thread has gone on since the first look. */
    private static boolean mayBePipe(String link) {
        return link.startsWith("pipe:[") || (link.startsWith("/") && !link.startsWith("/dev/"));
    }

    /** The processes that can do the opposite. */
    private List<String> others(long pid, String link, boolean writes, ProcessTable table) {
        List<String> others = new ArrayList<>();
        for (ProcStat process : table.all()) {
            if (others.size() == MOST_NAMED) {
                break;
            }
            if (process.identity().pid() != pid
                    && !process.hasEnded()
                    && !process.isUninterruptible()
                    && holds(process.identity().pid(), link, writes ? FdInfo::canRead : FdInfo::canWrite)) {
                others.add(described(process));
            }
        }
        return others;
    }

    static String described(ProcStat process) {
        return process.identity().pid() + " (" + process.name() + ")";
    }

    /** Whether a process has this pipe open, and in this way. */
    boolean holds(long pid, String link, Predicate<String> way) {
        return proc.openFiles(pid).stream()
                .flatMap(List::stream)
                .filter(file ->
                        proc.link(pid, "fd/" + file).filter(link::equals).isPresent())
                .anyMatch(file -> proc.text(pid, "fdinfo/" + file).filter(way).isPresent());
    }
}
