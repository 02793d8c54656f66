// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the meters of a registry say. */
record Meters(MeterRegistry registry) {

    /** How many results of this kind were counted; there must be some. */
    double results(String verb, String result) {
        return registry.get("zreap.results")
                .tag("verb", verb)
                .tag("result", result)
                .counter()
                .count();
    }

    /** How many zombies were spared for this reason; there must be some. */
    double spared(String reason) {
        return registry.get("zreap.spared").tag("reason", reason).counter().count();
    }

    /** A gauge of the zombies of such parents; it must be there. */
    double gauge(String name, String parent, String container) {
        return registry.get(name)
                .tag("parent", parent)
                .tag("container", container)
                .gauge()
                .value();
    }

    /** How many zombies such parents have had since the first look. */
    double births(String parent, String container) {
        return registry.get("zreap.births")
                .tag("parent", parent)
                .tag("container", container)
                .functionCounter()
                .count();
    }

    /** A gauge or counter without tags; it must be there. */
    double value(String name) {
        return Optional.ofNullable(registry.find(name).gauge())
                .map(gauge -> gauge.value())
                .orElseGet(() -> registry.get(name).counter().count());
    }

    /** The names of all meters. */
    Set<String> names() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .collect(Collectors.toSet());
    }
}
