// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import io.micrometer.core.instrument.MeterRegistry;

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
}
