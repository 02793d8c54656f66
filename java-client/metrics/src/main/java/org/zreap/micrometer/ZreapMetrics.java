// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.function.Supplier;
import org.zreap.ReapReport;
import org.zreap.ReapResult;
import org.zreap.Zombie;
import org.zreap.ZombieState;
import org.zreap.ZreapException;
import org.zreap.event.EventListener;
import org.zreap.event.ResultEvent;

/**
 * Meters of a registry:
 *
 * <ul>
 *   <li>{@code zreap.zombies}, a gauge: how many zombies there are, if they were
 *       {@linkplain #watchZombies told of}; NaN where that cannot be found out
 *   <li>{@code zreap.results}, a counter by {@code verb} and {@code result}: what became of
 *       processes
 *   <li>{@code zreap.spared}, a counter by {@code reason}: zombies that recorded sweeps spared,
 *       each time anew
 *   <li>{@code zreap.reports}, a timer: how long requests took that were
 *       {@linkplain #record recorded}
 *   <li>{@code zreap.still.there}, a counter: processes of those that a report found there all the
 *       same
 *   <li>{@code zreap.events.lost}, a counter: how often results went unheard
 *   <li>{@code zreap.events.ended}, a counter: how often a subscription ended that nobody had
 *       closed
 * </ul>
 *
 * <p>Results come from reports, or as a listener ({@code EventSubscription.open(metrics)}) from
 * every request on the machine; not from both, or they count twice.
 *
 * <p>Thread-safe.
 */
public final class ZreapMetrics implements EventListener {

    private final MeterRegistry registry;
    private final Timer reports;
    private final Counter stillThere;
    private final Counter lost;
    private final Counter ended;

    /**
     * Puts meters into a registry.
     *
     * @param registry where to
     */
    public ZreapMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.reports = Timer.builder("zreap.reports")
                .description("How long requests took, with the check afterwards")
                .register(registry);
        this.stillThere = Counter.builder("zreap.still.there")
                .description("Processes that were said to be gone and were there")
                .register(registry);
        this.lost = Counter.builder("zreap.events.lost")
                .description("How often results went unheard")
                .register(registry);
        this.ended = Counter.builder("zreap.events.ended")
                .description("How often a subscription ended that nobody had closed")
                .register(registry);
    }

    /**
     * Lets the gauge {@code zreap.zombies} ask this for the zombies each time it is read.
     *
     * @param source such as {@code zreap::zombies} or {@code ZombieScanner.system()::scan}
     */
    public void watchZombies(Supplier<List<Zombie>> source) {
        Gauge.builder("zreap.zombies", source, ZreapMetrics::count)
                .description("How many zombies there are")
                .strongReference(true)
                .register(registry);
    }

    /**
     * Counts what came of a request to reap, and what a sweep spared.
     *
     * @param report what came of it
     */
    public void record(ReapReport report) {
        reports.record(report.elapsed());
        stillThere.increment(report.stillThere().size());
        report.results().forEach(result -> count("reap", result));
        report.spared().forEach(this::count);
    }

    @Override
    public void onResult(ResultEvent event) {
        count(event.verb(), event.result());
    }

    @Override
    public void onLost() {
        lost.increment();
    }

    @Override
    public void onEnd(ZreapException cause) {
        ended.increment();
    }

    private void count(String verb, ReapResult result) {
        Counter.builder("zreap.results")
                .description("What became of processes")
                .tag("verb", verb)
                .tag("result", result.word())
                .register(registry)
                .increment();
    }

    private void count(ZombieState reason, List<Zombie> spared) {
        Counter.builder("zreap.spared")
                .description("Zombies that sweeps spared")
                .tag("reason", reason.word())
                .register(registry)
                .increment(spared.size());
    }

    private static double count(Supplier<List<Zombie>> source) {
        try {
            return source.get().size();
        } catch (ZreapException e) {
            return Double.NaN;
        }
    }
}
