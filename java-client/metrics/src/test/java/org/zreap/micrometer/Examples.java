// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.zreap.Zreap;
import org.zreap.event.EventSubscription;

/** The examples of docs/cookbook.md that need Micrometer. */
final class Examples {

    private Examples() {}

    static ZreapMetrics zombiesOf(MeterRegistry registry) {
        ZreapMetrics metrics = ZreapMetrics.builder()
                .mostCrowds(50)
                .maxAge(Duration.ofSeconds(10))
                .build();
        metrics.bindTo(registry);
        return metrics;
    }

    static void watchEverything(MeterRegistry registry, Runnable service) {
        try (Zreap zreap = Zreap.open();
                ZreapMetrics metrics =
                        ZreapMetrics.builder().zombies(zreap::zombies).build();
                EventSubscription events = EventSubscription.open(metrics)) {
            metrics.bindTo(registry);
            service.run();
        }
    }
}
