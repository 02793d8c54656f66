// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.internal.proc.BoundedLook;
import org.zreap.internal.proc.FdInfo;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;

/**
 * Finds the output of an ended child that a process which the child left behind still holds open. A
 * parent that reads such an output by poll to its end waits for the child only after that.
 *
 * @param proc where to read
 * @param looks bounds what may hang
 */
public record HeldOutputs(ProcFs proc, BoundedLook looks) {

    /** The most open files of the parent, and the most processes, that it looks at. */
    private static final int MOST = 256;

    /**
     * Such an output.
     *
     * @param pipe the pipe that the parent reads from
     * @param holder the process that holds the other end
     */
    public record HeldOutput(String pipe, ProcStat holder) {}

    /** The output of this zombie, or of another child of this parent. */
    public Optional<HeldOutput> of(ZombieFacts zombie, ParentFacts parent, ProcessTable table) {
        if (parent.mayHoldLocks() || !parent.polls()) {
            return Optional.empty();
        }
        return looks.at(() -> {
            List<String> pipes = pipes(parent.pid());
            return pipes.isEmpty()
                    ? Optional.empty()
                    : table.all().stream()
                            .filter(process -> mayBeLeftBy(zombie, parent, process))
                            .limit(MOST)
                            .flatMap(process -> held(process, pipes).stream())
                            .findFirst();
        });
    }

    private List<String> pipes(long parent) {
        return proc.openFiles(parent).stream()
                .flatMap(List::stream)
                .limit(MOST)
                .filter(file -> proc.text(parent, "fdinfo/" + file)
                        .filter(text -> !FdInfo.canWrite(text))
                        .isPresent())
                .flatMap(file -> proc.link(parent, "fd/" + file).stream())
                .filter(link -> link.startsWith("pipe:["))
                .toList();
    }

    /** An orphan of the zombie's session that is younger than it. */
    private static boolean mayBeLeftBy(ZombieFacts zombie, ParentFacts parent, ProcStat process) {
        return !process.hasEnded()
                && !process.isUninterruptible()
                && process.identity().pid() != parent.pid()
                && process.parentPid() != parent.pid()
                && process.identity().startTicks() >= zombie.startTicks()
                && zombie.session().equals(OptionalLong.of(process.session()));
    }

    private Optional<HeldOutput> held(ProcStat process, List<String> pipes) {
        Pipes holders = new Pipes(proc, looks);
        return pipes.stream()
                .filter(pipe -> holders.holds(process.identity().pid(), pipe, FdInfo::canWrite))
                .findFirst()
                .map(pipe -> new HeldOutput(pipe, process));
    }
}
