// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zreap.internal.Progress;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.internal.transport.ModuleTransport;
import org.zreap.internal.transport.OptionsFile;
import org.zreap.internal.wire.Order;

/**
 * Carries requests out in the calling thread.
 *
 * <p>Immutable and so thread-safe.
 */
final class RequestRunner {

    private final ModuleTransport transport;
    private final OptionsFile optionsFile;
    private final ProcFs proc;
    private final Verification verification;

    RequestRunner(ModuleTransport transport, OptionsFile optionsFile, ProcFs proc, Verification verification) {
        this.transport = transport;
        this.optionsFile = optionsFile;
        this.proc = proc;
        this.verification = verification;
    }

    List<ReapResult> carryOut(Order order, List<Target> targets, Progress progress) {
        optionsFile.require(order);
        List<Target> resolved = new ArrayList<>(targets.size());
        for (Target target : targets) {
            resolved.add(resolve(target));
        }
        return transport.carryOut(order, resolved, progress);
    }

    ReapReport verified(Request<List<ReapResult>> request, Progress progress) {
        long start = System.nanoTime();
        return report(request.carryOut(this, progress), Map.of(), start, request.isDryRun());
    }

    ReapReport sweep(SweepOptions options, Progress progress) {
        long start = System.nanoTime();
        Order order = Order.sweep(options);
        optionsFile.require(order);
        List<Target> selected = new ArrayList<>();
        Map<ZombieState, List<Zombie>> spared = new HashMap<>();
        for (Zombie zombie : transport.zombies()) {
            Optional<ZombieState> reason = options.spares(zombie);
            boolean isTooMany = reason.isEmpty() && selected.size() >= options.limit();
            if (isTooMany || !options.means(zombie, this::identify)) {
                continue;
            }
            if (reason.isPresent()) {
                spared.computeIfAbsent(reason.get(), state -> new ArrayList<>()).add(zombie);
            } else {
                selected.add(zombie);
            }
        }
        return report(transport.carryOut(order, selected, progress), spared, start, order.dryRun());
    }

    private ReapReport report(
            List<ReapResult> results, Map<ZombieState, List<Zombie>> spared, long start, boolean dryRun) {
        List<ProcessIdentity> stillThere = stillThere(results);
        return new ReapReport(results, spared, stillThere, Duration.ofNanos(System.nanoTime() - start), dryRun);
    }

    /** {@link ReapResult.Gone} is not checked: another process may be about to remove that one. */
    private List<ProcessIdentity> stillThere(List<ReapResult> results) {
        try {
            return results.stream()
                    .filter(ReapResult.Removed.class::isInstance)
                    .flatMap(result -> result.process().identity().stream())
                    .filter(identity -> !verification.isGone(identity))
                    .toList();
        } catch (ZreapException e) {
            throw new ZreapException(new Failure(
                    "the request was carried out, but cannot be verified",
                    e.remedy(),
                    e.pid(),
                    e.path(),
                    e.errno(),
                    Optional.of(e),
                    results));
        }
    }

    /**
     * A target without a start time means the process that has this PID now. If this process cannot
     * see it, the kernel looks it up.
     */
    private Target resolve(Target target) {
        if (target.start().isPresent()) {
            return target;
        }
        Optional<ProcessIdentity> now = identify(target.pid());
        return now.isPresent() ? now.get() : target;
    }

    private Optional<ProcessIdentity> identify(long pid) {
        return proc.stat(pid).map(ProcStat::identity);
    }
}
