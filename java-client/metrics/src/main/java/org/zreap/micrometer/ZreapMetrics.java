// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.zreap.ReapReport;
import org.zreap.ReapResult;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.ZombieState;
import org.zreap.ZreapException;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.event.EventListener;
import org.zreap.event.EventSubscription;
import org.zreap.event.ResultEvent;
import org.zreap.internal.meters.Crowd;
import org.zreap.internal.meters.CrowdMeters;
import org.zreap.internal.meters.Registration;
import org.zreap.internal.meters.Tally;

/**
 * Publishes meters of zombies.
 *
 * <p>These have the tags {@code parent}, {@code unit} and {@code container}: the command of the
 * parent, its systemd unit and its container ({@code none} if it is in none, {@code unknown} if
 * that cannot be seen):
 *
 * <ul>
 *   <li>{@code zreap.zombies}, a gauge: how many zombies there are now
 *   <li>{@code zreap.zombies.oldest.age}, a gauge in seconds: the age of the oldest; 0 if there are
 *       none
 *   <li>{@code zreap.births}, a counter: zombies that came after the first look. It misses zombies
 *       that come and go between two looks
 *   <li>{@code zreap.births.per.second}, a gauge: the births between the last two looks, by the
 *       time between them
 *   <li>{@code zreap.parent.pid.room}, a gauge: how many more tasks can start beside the parent;
 *       of several parents, the one with the most zombies
 * </ul>
 *
 * <p>A gauge is NaN while its value is unknown. At most {@link Builder#mostCrowds} combinations of
 * parent, unit and container have meters of their own, those that come first; {@code other} has the
 * rest. One that had no zombies for an hour loses its meters when another one needs the place. So
 * the number of time series stays bounded at any time.
 *
 * <p>These have no such tags:
 *
 * <ul>
 *   <li>{@code zreap.pid.room}, a gauge: how many more tasks can start beside this JVM
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
 * <p>A reading of a gauge looks at the zombies, unless the last look is fresh
 * ({@link Builder#maxAge}). A combination that a look finds for the first time appears with the next
 * reading of the registry.
 *
 * <p>Use one source of results: the reports that you record, or a subscription to every request on
 * the machine ({@code EventSubscription.open(metrics)}). With both, results count twice.
 *
 * <p>Dry runs count nowhere, with one exception: the event of a process that a dry run refused
 * looks like that of any refused request, and counts as a refusal.
 *
 * <p>Thread-safe.
 */
public final class ZreapMetrics implements MeterBinder, EventListener, AutoCloseable {

    private final ZombieWatch watch;
    private final List<Registration> registrations = new ArrayList<>();
    private boolean closed;

    private ZreapMetrics(Builder builder) {
        this.watch = new ZombieWatch(
                builder.source,
                builder.diagnoser,
                builder.mostCrowds,
                builder.maxAge,
                builder.nanoTime,
                crowds -> registrations().forEach(registration -> registration.keep(crowds)));
    }

    /**
     * Sets up metrics.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Registers the meters. A result counts in the registries that are bound when it comes. A
     * second call for the same registry does nothing.
     *
     * @param registry the registry, to which no other {@code ZreapMetrics} is bound
     * @throws IllegalStateException if this is closed
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        Registration registration = new Registration(registry, this::metersOf);
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the metrics are closed");
            }
            if (registrations.stream().anyMatch(bound -> bound.isIn(registry))) {
                return;
            }
            registrations.add(registration);
        }
        registration.add(Gauge.builder("zreap.pid.room", watch, ZombieWatch::ownRoom)
                .description("How many more tasks can start beside this JVM")
                .strongReference(true)::register);
        registration.keep(watch.crowds());
        registration.count(stillThere(), 0);
        registration.count(lost(), 0);
        registration.count(ended(), 0);
        registration.add(reports()::register);
    }

    /**
     * Counts the results of a request to reap, and the zombies that a sweep spared. It does nothing
     * with the report of a dry run.
     *
     * @param report the report of the request
     */
    public void record(ReapReport report) {
        if (report.dryRun()) {
            return;
        }
        for (Registration registration : registrations()) {
            registration.time(reports(), report.elapsed());
            registration.count(stillThere(), report.stillThere().size());
            report.results().forEach(result -> registration.count(result("reap", result), 1));
            report.spared().forEach((reason, zombies) -> registration.count(spared(reason), zombies.size()));
        }
    }

    @Override
    public void onResult(ResultEvent event) {
        if (!isOfDryRun(event)) {
            registrations().forEach(registration -> registration.count(result(event.verb(), event.result()), 1));
        }
    }

    @Override
    public void onLost() {
        registrations().forEach(registration -> registration.count(lost(), 1));
    }

    @Override
    public void onEnd(ZreapException cause) {
        registrations().forEach(registration -> registration.count(ended(), 1));
    }

    /**
     * Removes the meters from all registries. Results that come later count nowhere. It does not
     * close an {@link EventSubscription}. A second call does nothing.
     */
    @Override
    public void close() {
        List<Registration> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(registrations);
            registrations.clear();
        }
        all.forEach(Registration::close);
    }

    private synchronized List<Registration> registrations() {
        return List.copyOf(registrations);
    }

    private List<Function<MeterRegistry, ? extends Meter>> metersOf(Crowd crowd) {
        List<Function<MeterRegistry, ? extends Meter>> meters = new ArrayList<>(CrowdMeters.of(crowd, watch));
        meters.add(CrowdMeters.gauge("zreap.births.per.second", crowd, watch, Tally::birthsPerSecond)
                .description("How fast zombies came between the last two looks")::register);
        meters.add(CrowdMeters.gauge("zreap.parent.pid.room", crowd, watch, Tally::room)
                .description("How many more tasks can start beside the parent")::register);
        return meters;
    }

    /**
     * A living process that asks for itself only probes: {@code AdoptingReaper} does so when it is
     * closed.
     */
    private static boolean isOfDryRun(ResultEvent event) {
        ReapResult result = event.result();
        boolean isProbe = result instanceof ReapResult.Alive
                && event.callerPid().equals(OptionalLong.of(result.process().pid()));
        return isProbe
                || result instanceof ReapResult.WouldReap
                || result instanceof ReapResult.WouldAdopt
                || result instanceof ReapResult.WouldRelease;
    }

    private static Timer.Builder reports() {
        return Timer.builder("zreap.reports").description("How long requests took, with the check afterwards");
    }

    private static Counter.Builder stillThere() {
        return Counter.builder("zreap.still.there").description("Processes that were said to be gone and were there");
    }

    private static Counter.Builder lost() {
        return Counter.builder("zreap.events.lost").description("How often results went unheard");
    }

    private static Counter.Builder ended() {
        return Counter.builder("zreap.events.ended")
                .description("How often a subscription ended that nobody had closed");
    }

    private static Counter.Builder result(String verb, ReapResult result) {
        return Counter.builder("zreap.results")
                .description("What became of processes")
                .tag("verb", verb)
                .tag("result", result.word());
    }

    private static Counter.Builder spared(ZombieState reason) {
        return Counter.builder("zreap.spared")
                .description("Zombies that sweeps spared")
                .tag("reason", reason.word());
    }

    /**
     * Sets up {@link ZreapMetrics}.
     *
     * <p>Not thread-safe: only one thread may use it.
     */
    public static final class Builder {

        private Supplier<List<Zombie>> source = ZombieScanner.system()::scan;
        private Diagnoser diagnoser = Diagnoser.system();
        private int mostCrowds = 20;
        private Duration maxAge = Duration.ofSeconds(5);
        private LongSupplier nanoTime = System::nanoTime;

        private Builder() {}

        /**
         * Sets where zombies are listed. If the source throws a {@link ZreapException}, the gauges
         * are NaN until a look succeeds.
         *
         * @param list such as {@code zreap::zombies}; by default a scan of {@code /proc}, which
         *     needs no module
         * @return this builder
         */
        public Builder zombies(Supplier<List<Zombie>> list) {
            this.source = list;
            return this;
        }

        /**
         * Sets what tells the container of a parent, and how many more tasks can start.
         *
         * @param places {@link Diagnoser#system()} by default
         * @return this builder
         */
        public Builder diagnoser(Diagnoser places) {
            this.diagnoser = places;
            return this;
        }

        /**
         * Sets how many combinations of parent, unit and container may have meters of their own.
         *
         * @param most 20 by default; with 0, all zombies count as {@code other}
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder mostCrowds(int most) {
            if (most < 0) {
                throw new IllegalArgumentException("a number of crowds is not negative");
            }
            this.mostCrowds = most;
            return this;
        }

        /**
         * Sets how long a look at the zombies counts as fresh. Choose less than the time between
         * two readings of the registry, and more than such a reading takes.
         *
         * @param longest five seconds by default
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxAge(Duration longest) {
            if (longest.isNegative() || longest.isZero()) {
                throw new IllegalArgumentException("an age is positive");
            }
            this.maxAge = longest;
            return this;
        }

        /** The clock, for tests. */
        Builder nanoTime(LongSupplier clock) {
            this.nanoTime = clock;
            return this;
        }

        /**
         * Makes the metrics. They look at nothing before a registry that they are bound to is read.
         *
         * @return to be bound, and to be closed
         */
        public ZreapMetrics build() {
            return new ZreapMetrics(this);
        }
    }
}
