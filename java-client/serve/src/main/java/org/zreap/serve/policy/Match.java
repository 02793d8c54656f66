// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.zreap.diagnosis.Container.Engine;
import org.zreap.diagnosis.Finding.Kind;

/**
 * What a rule is for. A zombie must fit every condition. An empty list is no condition. Of a list,
 * one entry must fit.
 *
 * @param commands the command name of the parent
 * @param executables the path of the program that the parent runs
 * @param users the name or the number of the parent's user
 * @param units the systemd unit of the zombie
 * @param engines what runs the zombie's container
 * @param pods the UID of the zombie's Kubernetes pod
 * @param causes the cause that {@code zreap why} finds
 * @param minAge how long it must have been a zombie
 * @param minCount how many zombies its parent must have
 * @param minBirthsPerMinute how many zombies of its parent must have come in the last minute
 * @param maxRoom the share of the tightest PID limit that may be left, in percent
 */
public record Match(
        List<Glob> commands,
        List<Glob> executables,
        List<Glob> users,
        List<Glob> units,
        Set<Engine> engines,
        List<Glob> pods,
        Set<Kind> causes,
        Duration minAge,
        int minCount,
        int minBirthsPerMinute,
        OptionalInt maxRoom) {

    static final Duration DEFAULT_MIN_AGE = Duration.ofMinutes(1);

    /** Every zombie that is old enough. */
    static final Match ANY = new Match(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Set.of(),
            List.of(),
            Set.of(),
            DEFAULT_MIN_AGE,
            1,
            0,
            OptionalInt.empty());

    /** Copies the collections. */
    public Match {
        commands = List.copyOf(commands);
        executables = List.copyOf(executables);
        users = List.copyOf(users);
        units = List.copyOf(units);
        engines = Set.copyOf(engines);
        pods = List.copyOf(pods);
        causes = Set.copyOf(causes);
    }
}
