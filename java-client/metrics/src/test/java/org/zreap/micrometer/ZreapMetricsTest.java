// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
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
    private final ZreapMetrics metrics = new ZreapMetrics(registry);

    @Test
    void countsReports() {
        metrics.record(new ReapReport(
                List.of(result("alive"), result("gone"), result("gone"), result("parent-busy")),
                Map.of(ZombieState.PARENT_STOPPED, List.of(ZOMBIE, ZOMBIE), ZombieState.YOUNG, List.of(ZOMBIE)),
                List.of(new ProcessIdentity(77, 5)),
                Duration.ofMillis(20)));

        assertEquals(1, meters.results("reap", "alive"));
        assertEquals(2, meters.results("reap", "gone"));
        assertEquals(1, meters.results("reap", "parent-busy"));
        assertEquals(2, meters.spared("parent-stopped"));
        assertEquals(1, meters.spared("young"));
        assertEquals(1, registry.get("zreap.still.there").counter().count());
        assertEquals(20, registry.get("zreap.reports").timer().totalTime(TimeUnit.MILLISECONDS));
    }

    @Test
    void countsEvents() {
        metrics.onResult(
                new ResultEvent(Instant.EPOCH, "adopt", OptionalLong.of(1), OptionalLong.of(0), result("deaf")));
        metrics.onLost();

        assertEquals(1, meters.results("adopt", "deaf"));
        assertEquals(1, registry.get("zreap.events.lost").counter().count());
    }

    @Test
    void countsSubscriptionsThatEnd() {
        assertEquals(0, registry.get("zreap.events.ended").counter().count());

        metrics.onEnd(new ZreapException(Failure.of("no", "none")));

        assertEquals(1, registry.get("zreap.events.ended").counter().count());
    }

    @Test
    void countsZombiesEachTimeItIsAsked() {
        metrics.watchZombies(List::of);

        assertEquals(0, registry.get("zreap.zombies").gauge().value());
    }

    @Test
    void doesNotKnowWhereItCannotSee() {
        metrics.watchZombies(() -> {
            throw new ZreapException(Failure.of("no", "none"));
        });

        assertEquals(Double.NaN, registry.get("zreap.zombies").gauge().value());
    }

    private static ReapResult result(String word) {
        ProcessFacts facts =
                new ProcessFactsBuilder(77).startTicks(OptionalLong.of(5)).build();
        return new ResultParts(word, facts, 0).toResult();
    }
}
