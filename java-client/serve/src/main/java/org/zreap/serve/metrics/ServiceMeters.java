// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.zreap.CommandName;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.internal.meters.Crowd;
import org.zreap.internal.meters.CrowdMeters;
import org.zreap.internal.meters.KeyedMeters;
import org.zreap.internal.meters.Tallies;
import org.zreap.serve.watch.Look;
import org.zreap.serve.watch.ServiceClock;

/**
 * The meters of the service, in one registry. docs/metrics.md describes each.
 *
 * <p>One thread tells what happens. Any thread may read the registry.
 */
final class ServiceMeters {

    /** How many combinations of parent, unit and container have meters of their own. */
    private static final int MOST_CROWDS = 50;

    /** How many PID limits have meters. */
    private static final int MOST_LIMITS = 10;

    /** Stands for the limit of the machine, where paths of cgroups stand for the others. */
    private static final String MACHINE = "machine";

    private static final String SPARED = "spared-";

    private final ModuleFiles module;
    private final Tallies tallies;
    private final Map<String, TaskLimit> limits = new ConcurrentHashMap<>();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicInteger isListing = new AtomicInteger();
    private final AtomicInteger isPolicyRight = new AtomicInteger(1);
    private final Counter policyErrors;
    private final Timer scans;
    private final KeyedMeters<Crowd> crowdMeters;
    private final Map<String, NamedContainer> containers = new HashMap<>();
    private final KeyedMeters<NamedContainer> containerMeters;
    private final KeyedMeters<String> limitMeters;
    private final KeyedMeters<String> moduleCounters;
    private final KeyedMeters<String> moduleVersion;

    ServiceMeters(MeterRegistry registry, ModuleFiles module, ServiceClock clock) {
        this.module = module;
        this.tallies = new Tallies(MOST_CROWDS, clock::nanos);
        this.crowdMeters = new KeyedMeters<>(registry, crowd -> CrowdMeters.of(crowd, tallies));
        this.containerMeters = new KeyedMeters<>(registry, NamedContainer::meters);
        this.limitMeters = new KeyedMeters<>(registry, this::limitMeters);
        this.moduleCounters = new KeyedMeters<>(registry, name -> List.of(moduleCounter(name)));
        this.moduleVersion = new KeyedMeters<>(registry, ServiceMeters::versionMeter);
        this.policyErrors = Counter.builder("zreap.policy.errors")
                .description("How often a policy that was read had faults")
                .register(registry);
        this.scans = Timer.builder("zreap.scan")
                .description("How long it took to list the zombies and to read their parents")
                .register(registry);
        gauge("zreap.policy.last.reload.successful", isPolicyRight)
                .description("1 if the policy in force is the one that was read last, else 0")
                .register(registry);
        gauge("zreap.listing.successful", isListing)
                .description("1 if the last try to list the zombies succeeded, else 0")
                .register(registry);
        FunctionCounter.builder("zreap.taken", taken, AtomicLong::doubleValue)
                .description("Zombies that rules and emergencies of the service have taken")
                .register(registry);
    }

    private static Gauge.Builder<AtomicInteger> gauge(String name, AtomicInteger value) {
        return Gauge.builder(name, value, AtomicInteger::doubleValue).strongReference(true);
    }

    /** A look is done. */
    void looked(Look look) {
        tallies.note(look.families().stream().map(ServiceMeters::family).toList(), look.births());
        crowdMeters.keep(tallies.crowds());
        noteContainers(look);
        noteLimits(look);
        scans.record(look.scan());
        taken.set(look.taken());
        isListing.set(1);
        lookAtModule();
    }

    /** The zombies could not be listed. */
    void failed() {
        tallies.fail();
        limitMeters.keep(List.of());
        isListing.set(0);
        lookAtModule();
    }

    /** A policy was read, and it is in force now if it is right. */
    void policyRead(boolean isRight) {
        isPolicyRight.set(isRight ? 1 : 0);
        if (!isRight) {
            policyErrors.increment();
        }
    }

    private static Tallies.Family family(Look.Family family) {
        return new Tallies.Family(
                Crowd.of(family.parent().name(), family.parent().placement()), family.zombies(), OptionalLong::empty);
    }

    /** The containers that have a place among the crowds, as long as that lasts. */
    private void noteContainers(Look look) {
        look.families().stream()
                .flatMap(family -> NamedContainer.of(family.parent()).stream())
                .forEach(one -> containers.put(one.container(), one));
        containers
                .keySet()
                .retainAll(tallies.crowds().stream().map(Crowd::container).collect(Collectors.toSet()));
        containerMeters.keep(Set.copyOf(containers.values()));
    }

    /** The machine's limit, and the tightest of the others. */
    private void noteLimits(Look look) {
        Map<String, TaskLimit> tightest = look.limits().stream()
                .filter(limit -> limit.max().isPresent())
                .sorted(Comparator.comparing((TaskLimit limit) -> limit.cgroup().isPresent())
                        .thenComparingInt(TaskLimit::roomPercent))
                .limit(MOST_LIMITS)
                .collect(Collectors.toMap(ServiceMeters::nameOf, Function.identity(), (one, other) -> one));
        limits.putAll(tightest);
        limitMeters.keep(tightest.keySet());
        limits.keySet().retainAll(tightest.keySet());
    }

    /** A process that may create a cgroup may give it any name. */
    private static String nameOf(TaskLimit limit) {
        return limit.cgroup().map(path -> CommandName.of(path).toString()).orElse(MACHINE);
    }

    private List<Function<MeterRegistry, ? extends Meter>> limitMeters(String name) {
        return List.of(
                limitGauge("zreap.pids.current", name, limit -> limit.current())
                        .description("How many tasks count against the limit")::register,
                limitGauge("zreap.pids.max", name, limit -> limit.max().orElse(0))
                        .description("How many tasks there may be")::register);
    }

    private Gauge.Builder<Map<String, TaskLimit>> limitGauge(
            String meter, String name, ToDoubleFunction<TaskLimit> number) {
        return Gauge.builder(meter, limits, all -> {
                    TaskLimit limit = all.get(name);
                    return limit == null ? Double.NaN : number.applyAsDouble(limit);
                })
                .strongReference(true)
                .tag("cgroup", name);
    }

    private void lookAtModule() {
        moduleVersion.keep(module.version().map(Set::of).orElse(Set.of()));
        moduleCounters.keep(module.counters());
    }

    private static List<Function<MeterRegistry, ? extends Meter>> versionMeter(String version) {
        return List.of(Gauge.builder("zreap.module.info", () -> 1)
                .description("The version of the loaded kernel module; the value is always 1")
                .strongReference(true)
                .tag("version", version)::register);
    }

    private Function<MeterRegistry, ? extends Meter> moduleCounter(String name) {
        boolean isSpared = name.startsWith(SPARED);
        return FunctionCounter.builder(
                        isSpared ? "zreap.module.spared" : "zreap.module.results", module, files -> files.count(name))
                .description(
                        isSpared
                                ? "Zombies that sweeps of the kernel module spared, of any caller"
                                : "What became of processes that the kernel module was asked to take, by any caller")
                .tag(isSpared ? "reason" : "result", isSpared ? name.substring(SPARED.length()) : name)::register;
    }
}
