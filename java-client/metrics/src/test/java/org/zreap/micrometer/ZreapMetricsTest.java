// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

class ZreapMetricsTest {

    private static final ProcessFacts FACTS = new ProcessFacts(
            77,
            OptionalLong.of(5),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());

    private static final Zombie ZOMBIE = new Zombie(
            new ProcessIdentity(78, 5),
            CommandName.of("child"),
            10,
            Optional.empty(),
            ZombieState.REAPABLE,
            Optional.empty(),
            OptionalLong.empty(),
            0,
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);
    private final ZreapMetrics metrics = new ZreapMetrics(registry);

    @Test
    void countsReports() {
        metrics.record(new ReapReport(
                List.of(
                        new ReapResult.Alive(FACTS),
                        new ReapResult.Gone(FACTS),
                        new ReapResult.Gone(FACTS),
                        new ReapResult.ParentBusy(FACTS)),
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
        metrics.onResult(new ResultEvent(
                Instant.EPOCH, "adopt", OptionalLong.of(1), OptionalLong.of(0), new ReapResult.Deaf(FACTS)));
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
}
