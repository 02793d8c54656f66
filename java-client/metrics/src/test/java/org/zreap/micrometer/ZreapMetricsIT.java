// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final ZreapMetrics metrics = new ZreapMetrics(registry);

    @Test
    void countsWhatItIsTold() {
        try (Zreap zreap = Zreap.open();
                LivingParent parent = LivingParent.ofExits(ZOMBIES)) {
            List<Target> targets = new ArrayList<>(parent.zombies(ZOMBIES));
            targets.add(Target.ofPid(parent.pid()));
            metrics.watchZombies(() -> zreap.zombies().stream()
                    .filter(zombie -> zombie.parentPid() == parent.pid())
                    .toList());
            assertEquals(ZOMBIES, zombies());

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
                LivingParent parent = LivingParent.ofExits(ZOMBIES)) {
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
        try (EventSubscription events = EventSubscription.open(metrics);
                LivingParent parent = LivingParent.of("exit 7")) {
            String reap = "echo " + parent.zombie().identity() + " > /proc/zreap";

            assertEquals(0, new ProcessBuilder("sh", "-c", reap).start().waitFor());

            Await.value(
                    "the count",
                    () -> Optional.ofNullable(registry.find("zreap.results").counter())
                            .filter(counter -> counter.count() == 1));
            events.close();
            assertEquals(1, meters.results("reap", "reaped"));
        }
    }

    private double zombies() {
        return registry.get("zreap.zombies").gauge().value();
    }
}
