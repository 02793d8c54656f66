// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.zreap.ReapOptions;
import org.zreap.Request;
import org.zreap.SweepOptions;
import org.zreap.Target;
import org.zreap.Zreap;
import org.zreap.event.EventSubscription;
import org.zreap.it.Await;
import org.zreap.it.LivingParent;

/** Meters of real zombies. */
class ZreapMetricsIT {

    private static final int ZOMBIES = 5;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);

    @Test
    void countsWhatItIsTold() {
        try (Zreap zreap = Zreap.open();
                LivingParent parent = LivingParent.ofExits(ZOMBIES);
                ZreapMetrics metrics = ZreapMetrics.builder()
                        .zombies(() -> zreap.zombies().stream()
                                .filter(zombie -> zombie.parentPid() == parent.pid())
                                .toList())
                        .mostCrowds(0)
                        .maxAge(Duration.ofNanos(1))
                        .build()) {
            metrics.bindTo(registry);
            List<Target> targets = new ArrayList<>(parent.zombies(ZOMBIES));
            targets.add(Target.ofPid(parent.pid()));
            assertEquals(ZOMBIES, zombies());

            metrics.record(zreap.send(Request.verified(
                    Request.reap(targets, ReapOptions.builder().dryRun(true).build()))));
            assertEquals(0, registry.get("zreap.reports").timer().count());
            metrics.record(zreap.send(Request.verified(Request.reap(targets, ReapOptions.defaults()))));

            assertEquals(0, zombies());
            assertEquals(ZOMBIES, meters.results("reap", "reaped"));
            assertEquals(1, meters.results("reap", "alive"));
            assertEquals(0, registry.get("zreap.still.there").counter().count());
            assertEquals(1, registry.get("zreap.reports").timer().count());
            assertTrue(registry.get("zreap.reports").timer().totalTime(TimeUnit.NANOSECONDS) > 0);
        }
    }

    @Test
    void countsWhatSweepsSpare() {
        try (Zreap zreap = Zreap.open();
                LivingParent parent = LivingParent.ofExits(ZOMBIES);
                ZreapMetrics metrics = ZreapMetrics.builder().build()) {
            metrics.bindTo(registry);
            parent.zombies(ZOMBIES);
            parent.stop();

            metrics.record(zreap.sweep(SweepOptions.builder()
                    .minAge(Duration.ZERO)
                    .parent(parent.pid())
                    .build()));

            assertEquals(ZOMBIES, meters.spared("parent-stopped"));
        }
    }

    @Test
    void hearsOfWhatOthersDo() throws Exception {
        try (ZreapMetrics metrics = ZreapMetrics.builder().build();
                EventSubscription events = EventSubscription.open(metrics);
                LivingParent parent = LivingParent.of("exit 7")) {
            metrics.bindTo(registry);
            String reap = "echo " + parent.zombie().identity() + "%s > /proc/zreap";

            assertEquals(0, run(reap.formatted(" dry-run")));
            assertEquals(0, run(reap.formatted("")));

            Await.value(
                    "the count",
                    () -> Optional.ofNullable(registry.find("zreap.results").counter())
                            .filter(counter -> counter.count() == 1));
            events.close();
            assertEquals(1, meters.results("reap", "reaped"));
            assertEquals(1, registry.find("zreap.results").counters().size());
        }
    }

    @Test
    void theExampleWatchesEverything() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            parent.zombie();

            Examples.watchEverything(registry, () -> {
                assertTrue(zombies() >= 0);
                assertTrue(registry.find("zreap.zombies").tag("parent", "sleep").gauges().stream()
                        .anyMatch(gauge -> gauge.value() > 0));
            });
        }
        assertEquals(Set.of(), meters.names());
    }

    private static int run(String command) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", command).start().waitFor();
    }

    private double zombies() {
        return meters.gauge("zreap.zombies", "other", "other");
    }
}
