// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.util.List;
import java.util.Optional;

/**
 * What the service may do.
 *
 * @param mode whether rules act
 * @param pace how often it looks
 * @param protection the parents that no rule touches
 * @param emergency what it does when PIDs run out
 * @param metrics how it publishes metrics; empty if it does not
 * @param statusPage where it serves its status page, if anywhere
 * @param rules the first that fits a zombie counts
 */
public record Policy(
        Mode mode,
        Pace pace,
        Protection protection,
        Emergency emergency,
        Optional<Metrics> metrics,
        Optional<StatusPage> statusPage,
        List<Rule> rules) {

    /** Copies the list. */
    public Policy {
        rules = List.copyOf(rules);
    }

    /**
     * Whether the service may ever touch a zombie or its parent.
     *
     * @return false if it only reports, or only asks the kernel module what would happen
     */
    public boolean touches() {
        return mode == Mode.ACT && (emergency.acts() || rules.stream().anyMatch(Rule::touches));
    }

    /** The policy without a file: it reports everything and touches nothing. */
    public static Policy builtIn() {
        return new Policy(
                Mode.REPORT,
                Pace.DEFAULT,
                Protection.NONE,
                Emergency.REPORTED,
                Optional.empty(),
                Optional.empty(),
                List.of(Rule.REPORT_ALL));
    }
}
