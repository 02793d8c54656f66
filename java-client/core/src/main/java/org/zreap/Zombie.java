// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A process that has ended and that its parent has not waited for, as it was when somebody looked.
 *
 * <p>Immutable and so thread-safe. Numbers are those of the PID namespace of the {@code /proc} that was read.
 *
 * @param identity which process
 * @param name its name
 * @param parentPid its parent, 0 if that is outside of the PID namespace
 * @param parentName its parent's name, unless the parent is gone or hidden
 * @param state what a request to reap it would meet
 * @param uid its real user ID, unless hidden
 * @param livingThreads how many other threads of the process live: above 0 it is no zombie yet
 * @param tracer the PID of the process that traces it; empty if none does, or one outside of the PID namespace
 * @param age how long ago it ended; only the module knows
 * @param status how it ended, if the reader may know
 */
public record Zombie(
        ProcessIdentity identity,
        CommandName name,
        long parentPid,
        Optional<CommandName> parentName,
        ZombieState state,
        OptionalLong uid,
        int livingThreads,
        OptionalLong tracer,
        Optional<Duration> age,
        Optional<ExitStatus> status)
        implements Target {

    @Override
    public long pid() {
        return identity.pid();
    }

    @Override
    public OptionalLong start() {
        return identity.start();
    }
}
