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
 * Publishes meters in a registry:
 *
 * <ul>
 *   <li>{@code zreap.zombies}, a gauge: how many zombies there are, after a call of
 *       {@link #watchZombies}; NaN if the source fails
 *   <li>{@code zreap.results}, a counter by {@code verb} and {@code result}: what became of
 *       processes
 *   <li>{@code zreap.spared}, a counter by {@code reason}: zombies that recorded sweeps spared; a
 *       zombie counts once per sweep
 *   <li>{@code zreap.reports}, a timer: how long {@linkplain #record recorded} requests took
 *   <li>{@code zreap.still.there}, a counter: processes that a recorded report found
 *       {@linkplain ReapReport#stillThere still there}
 *   <li>{@code zreap.events.lost}, a counter: how often the kernel dropped results before the
 *       listener got them
 *   <li>{@code zreap.events.ended}, a counter: how often a subscription ended although nobody had
 *       closed it
 * </ul>
 *
 * <p>Use one source of results: the reports that you record, or a subscription to every request on
 * the machine ({@code EventSubscription.open(metrics)}). With both, results count twice.
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
     * Registers the meters.
     *
     * @param registry the registry
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
     * Registers the gauge {@code zreap.zombies}. Each read of the gauge asks this source for the
     * zombies.
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
     * Counts the results of a request to reap, and the zombies that a sweep spared.
     *
     * @param report the report of the request
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
