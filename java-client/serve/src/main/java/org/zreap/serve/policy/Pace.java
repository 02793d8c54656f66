// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.time.Duration;

/**
 * How often the service lists the zombies.
 *
 * @param fastest the time between two listings while something happens
 * @param slowest the time between two listings while nothing happens
 */
public record Pace(Duration fastest, Duration slowest) {

    static final Pace DEFAULT = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(30));
}
