// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.internal.proc.ProcStatus;

/**
 * Finds the process 1 of a PID namespace that has ended and sleeps until no other process of the
 * namespace is left.
 *
 * @param proc where to look
 */
public record EndingInits(ProcFs proc) {

    private static final String FUNCTION = "zap_pid_ns_processes";

    /**
     * Such a process.
     *
     * @param stat it
     * @param evidence what shows it
     */
    public record EndingInit(ProcStat stat, String evidence) {}

    /** The ending process 1 of this zombie's namespace. */
    public Optional<EndingInit> of(ZombieFacts zombie, ProcessTable table) {
        if (zombie.nsPids().size() < 2) {
            return Optional.empty();
        }
        return table.all().stream()
                .filter(EndingInits::mayBeOne)
                .filter(stat -> isInitOf(stat, zombie))
                .flatMap(stat -> evidence(stat).stream())
                .findFirst();
    }

    /** The process, if it is an ending process 1. */
    public Optional<EndingInit> of(ProcStat stat) {
        boolean isInit = proc.status(stat.identity().pid())
                .filter(EndingInits::isNamespaceInit)
                .isPresent();
        return isInit && mayBeOne(stat) ? evidence(stat) : Optional.empty();
    }

    /** The processes that are left in the namespace of such a process. */
    public List<ProcStat> heldUpBy(EndingInit init, ProcessTable table) {
        long pid = init.stat().identity().pid();
        Optional<String> namespace = proc.link(pid, "ns/pid");
        return namespace.isEmpty()
                ? List.of()
                : table.all().stream()
                        .filter(stat -> stat.identity().pid() != pid)
                        .filter(stat ->
                                proc.link(stat.identity().pid(), "ns/pid").equals(namespace))
                        .toList();
    }

    /** Its last thread sleeps there. That may be another thread than the main one. */
    private static boolean mayBeOne(ProcStat stat) {
        return stat.isExiting() && (!stat.hasEnded() || stat.threads() > 1);
    }

    private boolean isInitOf(ProcStat stat, ZombieFacts zombie) {
        long pid = stat.identity().pid();
        return proc.status(pid)
                        .filter(EndingInits::isNamespaceInit)
                        .filter(status -> status.numbers("NSpid").size()
                                == zombie.nsPids().size())
                        .isPresent()
                && zombie.pidNamespace().isPresent()
                && proc.link(pid, "ns/pid").equals(zombie.pidNamespace());
    }

    private static boolean isNamespaceInit(ProcStatus status) {
        List<Long> pids = status.numbers("NSpid");
        return !pids.isEmpty() && pids.get(pids.size() - 1) == 1;
    }

    private Optional<EndingInit> evidence(ProcStat stat) {
        long pid = stat.identity().pid();
        if (sleepsThere(stat)) {
            return Optional.of(new EndingInit(stat, "wchan of " + pid + ": " + FUNCTION));
        }
        boolean isHidden = proc.wchan(pid, pid).isEmpty();
        return isHidden
                ? Optional.of(new EndingInit(
                        stat, "flags of /proc/" + pid + "/stat: it is ending (PF_EXITING), and its wchan is not shown"))
                : Optional.empty();
    }

    private boolean sleepsThere(ProcStat stat) {
        long pid = stat.identity().pid();
        return proc.threads(pid)
                .anyMatch(tid -> proc.wchan(pid, tid).filter(FUNCTION::equals).isPresent());
    }
}
