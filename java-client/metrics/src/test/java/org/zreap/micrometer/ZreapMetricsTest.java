// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.CommandName;
import org.zreap.Failure;
import org.zreap.ProcessFacts;
import org.zreap.ProcessIdentity;
import org.zreap.ReapReport;
import org.zreap.ReapResult;
import org.zreap.Zombie;
import org.zreap.ZombieState;
import org.zreap.ZreapException;
import org.zreap.event.ResultEvent;
import org.zreap.internal.ProcessFactsBuilder;
import org.zreap.internal.ResultParts;
import org.zreap.internal.ZombieBuilder;

class ZreapMetricsTest {

    private static final Zombie ZOMBIE = new ZombieBuilder(new ProcessIdentity(78, 5), CommandName.of("child"))
            .parentPid(10)
            .build();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);
    private final ZreapMetrics metrics =
            ZreapMetrics.builder().zombies(List::of).build();

    @BeforeEach
    void bind() {
        metrics.bindTo(registry);
    }

    @Test
    void countsReports() {
        metrics.record(report(false, "alive", "gone", "gone", "parent-busy"));

        assertEquals(1, meters.results("reap", "alive"));
        assertEquals(2, meters.results("reap", "gone"));
        assertEquals(1, meters.results("reap", "parent-busy"));
        assertEquals(2, meters.spared("parent-stopped"));
        assertEquals(1, meters.spared("young"));
        assertEquals(1, meters.value("zreap.still.there"));
        assertEquals(20, registry.get("zreap.reports").timer().totalTime(TimeUnit.MILLISECONDS));
    }

    @Test
    void countsNoReportOfADryRun() {
        metrics.record(report(true, "would-reap", "alive"));

        assertEquals(Set.of(), countedResults());
        assertEquals(0, registry.get("zreap.reports").timer().count());
    }

    @Test
    void countsEvents() {
        metrics.onResult(event("adopt", 1, "deaf"));
        metrics.onLost();

        assertEquals(1, meters.results("adopt", "deaf"));
        assertEquals(1, meters.value("zreap.events.lost"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"would-reap", "would-adopt", "would-release"})
    void countsNoEventOfADryRun(String word) {
        metrics.onResult(event("reap", 1, word));

        assertEquals(Set.of(), countedResults());
    }

    @Test
    void countsNoProbeOfACallerByItself() {
        metrics.onResult(event("reap", 77, "alive"));
        assertEquals(Set.of(), countedResults());

        metrics.onResult(event("reap", 1, "alive"));
        assertEquals(1, meters.results("reap", "alive"));
    }

    @Test
    void countsSubscriptionsThatEnd() {
        assertEquals(0, meters.value("zreap.events.ended"));

        metrics.onEnd(new ZreapException(Failure.of("no", "none")));

        assertEquals(1, meters.value("zreap.events.ended"));
    }

    @Test
    void everyRegistryThatIsBoundCounts() {
        SimpleMeterRegistry second = new SimpleMeterRegistry();
        metrics.onLost();
        metrics.bindTo(second);
        metrics.bindTo(second);

        metrics.onLost();

        assertEquals(2, meters.value("zreap.events.lost"));
        assertEquals(1, new Meters(second).value("zreap.events.lost"));
    }

    @Test
    void takesItsMetersAway() {
        registry.counter("of.others").increment();
        metrics.record(report(false, "alive"));

        metrics.close();
        metrics.close();
        metrics.onLost();
        metrics.record(report(false, "alive"));
        metrics.onResult(event("reap", 1, "alive"));

        assertEquals(Set.of("of.others"), meters.names());
        assertThrows(IllegalStateException.class, () -> metrics.bindTo(registry));
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        ZreapMetrics.Builder builder = ZreapMetrics.builder();

        assertThrows(IllegalArgumentException.class, () -> builder.mostCrowds(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.maxAge(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> builder.maxAge(Duration.ofSeconds(-1)));
    }

    private Set<String> countedResults() {
        Set<String> counted = meters.names();
        counted.retainAll(Set.of("zreap.results", "zreap.spared"));
        return counted;
    }

    private static ReapReport report(boolean dryRun, String... results) {
        return new ReapReport(
                List.of(results).stream().map(ZreapMetricsTest::result).toList(),
                Map.of(ZombieState.PARENT_STOPPED, List.of(ZOMBIE, ZOMBIE), ZombieState.YOUNG, List.of(ZOMBIE)),
                List.of(new ProcessIdentity(77, 5)),
                Duration.ofMillis(20),
                dryRun);
    }

    private static ResultEvent event(String verb, long caller, String result) {
        return new ResultEvent(Instant.EPOCH, verb, OptionalLong.of(caller), OptionalLong.of(0), result(result));
    }

    private static ReapResult result(String word) {
        ProcessFacts facts =
                new ProcessFactsBuilder(77).startTicks(OptionalLong.of(5)).build();
        return new ResultParts(word, facts, 0).toResult();
    }
}
