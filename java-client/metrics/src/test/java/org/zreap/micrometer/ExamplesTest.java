// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.zreap.it.LivingParent;

/** The examples that need no module. */
class ExamplesTest {

    @Test
    void zombiesOfThisMachine() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Meters meters = new Meters(registry);
        try (LivingParent parent = LivingParent.ofExits(3);
                ZreapMetrics metrics = Examples.zombiesOf(registry)) {
            parent.zombies(3);

            registry.getMeters().forEach(meter -> meter.measure().forEach(one -> one.getValue()));

            double sleeping = registry.get("zreap.zombies").tag("parent", "sleep").gauges().stream()
                    .mapToDouble(gauge -> gauge.value())
                    .sum();
            assertTrue(sleeping >= 3, sleeping + " zombies of sleep");
            assertTrue(meters.value("zreap.pid.room") > 0);
            metrics.close();
        }
        assertEquals(Set.of(), meters.names());
    }
}
