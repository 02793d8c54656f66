// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.time.Duration;
import java.util.List;

/**
 * What to do about some zombies.
 *
 * @param name a name that no other rule has
 * @param match which zombies
 * @param steps what to do, one step after the other until the zombie is gone
 * @param pause the time from one step to the next
 * @param limitPerMinute the most steps in a minute
 * @param schedule when it acts; at other times it reports
 * @param dryRun whether it only asks the kernel module what would happen
 */
public record Rule(
        String name,
        Match match,
        List<Action> steps,
        Duration pause,
        int limitPerMinute,
        Schedule schedule,
        boolean dryRun) {

    static final List<Action> DEFAULT_STEPS = List.of(Action.REPORT);
    static final Duration DEFAULT_PAUSE = Duration.ofSeconds(10);
    static final int DEFAULT_LIMIT = 600;

    /** The rule that reports what no other rule is for. */
    static final Rule REPORT_ALL =
            new Rule("report-all", Match.ANY, DEFAULT_STEPS, DEFAULT_PAUSE, DEFAULT_LIMIT, Schedule.ALWAYS, false);

    /** Copies the list. */
    public Rule {
        steps = List.copyOf(steps);
    }

    /** Whether it has a step that does more than report or ask. */
    boolean touches() {
        return !dryRun && steps.stream().anyMatch(step -> step != Action.REPORT);
    }
}
