// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.zreap.ProcessIdentity;
import org.zreap.ReapReport;
import org.zreap.Zombie;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Diagnosis;
import org.zreap.diagnosis.Placement;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.engines.ContainerNames;
import org.zreap.remedy.LadderReport;
import org.zreap.serve.policy.Action;
import org.zreap.serve.records.Entries;

/**
 * What the service sees of the machine, and what it does to it. Everything but the placement, the
 * names, the parents and the limits may throw a {@link org.zreap.ZreapException}.
 */
public interface Machine {

    /**
     * Keeps ready what a diagnosis needs, for the time when no thread can be started. You may call
     * this as often as you like.
     */
    void keepReady();

    /** The zombies that the kernel sees, with their ages. */
    List<Zombie> zombies();

    /** What can be seen of a living process, with its start time; empty if it cannot be seen. */
    Optional<Entries.Parent> parent(long pid);

    /** Where a zombie belongs. */
    Optional<Placement> placement(Zombie zombie);

    /** What its engine calls a container, as far as this process may see that. */
    ContainerNames names(Container container);

    /** Why zombies are there. */
    List<Diagnosis> diagnose(Collection<Zombie> zombies, List<Zombie> all);

    /** The limits of the cgroups of a process. */
    List<TaskLimit> limits(long pid);

    /** The limit of the machine. */
    Optional<TaskLimit> limitOfMachine();

    /** Takes a step for zombies of one parent, and tells the listener what came of each. */
    void take(Action step, boolean dryRun, List<Zombie> zombies, Consumer<LadderReport> listener);

    /** Reaps these zombies of a parent in one request, as far as a sweep does not spare them. */
    ReapReport sweep(ProcessIdentity parent, Duration minAge, Set<ProcessIdentity> zombies);
}
