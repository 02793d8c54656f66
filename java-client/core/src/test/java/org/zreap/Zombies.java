// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;
import java.util.Optional;
import org.zreap.internal.ZombieBuilder;

/** Zombies made from others. */
public final class Zombies {

    private Zombies() {}

    /** The same zombie as {@code /proc} shows it, without what only the module knows. */
    public static Zombie asProcShows(Zombie zombie) {
        return withState(
                withAge(zombie, Optional.empty()),
                zombie.state(),
                zombie.spared().filter(reason -> !reason.equals(ZombieState.PARENT_BUSY)));
    }

    /** The same zombie with another age, or with none. */
    public static Zombie withAge(Zombie zombie, Optional<Duration> age) {
        return copy(zombie).age(age).build();
    }

    /** The same zombie in another state. */
    public static Zombie withState(Zombie zombie, ZombieState state, Optional<ZombieState> spared) {
        return copy(zombie).state(state).spared(spared).build();
    }

    private static ZombieBuilder copy(Zombie zombie) {
        return new ZombieBuilder(zombie.identity(), zombie.name())
                .parentPid(zombie.parentPid())
                .parentName(zombie.parentName())
                .state(zombie.state())
                .spared(zombie.spared())
                .uid(zombie.uid())
                .livingThreads(zombie.livingThreads())
                .tracer(zombie.tracer())
                .age(zombie.age())
                .status(zombie.status());
    }
}
