// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import org.zreap.Zombie;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.internal.proc.ProcStatus;

/**
 * Reads the facts about a zombie.
 *
 * @param proc where
 * @param cgroups reads its cgroups
 */
public record ZombieReader(ProcFs proc, ProcessCgroups cgroups) {

    /** The facts. If the zombie has gone since the listing, they are only those of the listing. */
    public ZombieFacts read(Zombie zombie) {
        return proc.stat(zombie.pid())
                .filter(stat -> stat.identity().equals(zombie.identity()))
                .flatMap(stat -> proc.status(zombie.pid()).map(status -> read(stat, status)))
                .orElseGet(() -> ZombieFacts.unseen(zombie.identity().startTicks()));
    }

    private ZombieFacts read(ProcStat stat, ProcStatus status) {
        long pid = stat.identity().pid();
        return ZombieFacts.of(
                stat,
                status.numbers("NSpid"),
                ParentReader.last(status.numbers("NSsid")),
                proc.link(pid, "ns/pid"),
                status.number("TracerPid").filter(tracer -> tracer != 0).flatMap(proc::stat),
                stat.threads() > 1 ? new Threads(proc).of(stat) : List.of(),
                Placements.of(cgroups.of(pid)));
    }
}
