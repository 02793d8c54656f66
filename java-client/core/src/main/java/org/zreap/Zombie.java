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
 * @param state what a request that names it would meet
 * @param spared why a {@linkplain Zreap#reapAll sweep} leaves it, whatever its age; empty if nothing was seen that keeps a
 *     sweep from taking it. If the {@code state} is not reapable, that is the reason. {@link ZombieState#PARENT_BUSY} is only
 *     found here, since it keeps nobody from taking the zombie by name; only the module tells it
 * @param uid its real user ID, unless hidden
 * @param livingThreads how many other threads of the process live: above 0 it is no zombie yet
 * @param tracer the PID of the process that traces it; empty if none does, or one outside of the PID namespace
 * @param age the time that a minimum age is compared with: since it ended or, if later, since the module last saw that its
 *     parent could not run. Only the module knows it
 * @param status how it ended, if the reader may know
 */
public record Zombie(
        ProcessIdentity identity,
        CommandName name,
        long parentPid,
        Optional<CommandName> parentName,
        ZombieState state,
        Optional<ZombieState> spared,
        OptionalLong uid,
        int livingThreads,
        OptionalLong tracer,
        Optional<Duration> age,
        Optional<ExitStatus> status)
        implements Target {

    /**
     * Lets a state that is not reapable be the reason to spare it, if there is no other.
     *
     * @param identity which process
     * @param name its name
     * @param parentPid its parent
     * @param parentName its parent's name
     * @param state what a request that names it would meet
     * @param spared why a sweep leaves it
     * @param uid its real user ID
     * @param livingThreads how many other threads of the process live
     * @param tracer the PID of the process that traces it
     * @param age the time that a minimum age is compared with
     * @param status how it ended
     */
    public Zombie {
        spared = spared.or(() -> Optional.of(state).filter(s -> !s.isReapable()));
    }

    @Override
    public long pid() {
        return identity.pid();
    }

    @Override
    public OptionalLong start() {
        return identity.start();
    }
}
