// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.time.Duration;

/**
 * What happens when PIDs run out because of zombies.
 *
 * @param above the share of a limit in use, in percent, from which on there is an emergency
 * @param minAge spares zombies that are younger
 * @param acts whether the service sweeps the parents of the zombies; otherwise it only reports
 */
public record Emergency(int above, Duration minAge, boolean acts) {

    private static final int DEFAULT_ABOVE = 90;
    private static final Duration DEFAULT_MIN_AGE = Duration.ofSeconds(5);

    /** What is done without a section for it. */
    static final Emergency REPORTED = new Emergency(DEFAULT_ABOVE, DEFAULT_MIN_AGE, false);

    /** The defaults of a section for it. */
    static final Emergency SWEPT = new Emergency(DEFAULT_ABOVE, DEFAULT_MIN_AGE, true);
}
