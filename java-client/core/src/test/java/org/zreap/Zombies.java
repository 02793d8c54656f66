// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;
import java.util.Optional;

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
        return new Zombie(
                zombie.identity(),
                zombie.name(),
                zombie.parentPid(),
                zombie.parentName(),
                zombie.state(),
                zombie.spared(),
                zombie.uid(),
                zombie.livingThreads(),
                zombie.tracer(),
                age,
                zombie.status());
    }

    /** The same zombie in another state. */
    public static Zombie withState(Zombie zombie, ZombieState state, Optional<ZombieState> spared) {
        return new Zombie(
                zombie.identity(),
                zombie.name(),
                zombie.parentPid(),
                zombie.parentName(),
                state,
                spared,
                zombie.uid(),
                zombie.livingThreads(),
                zombie.tracer(),
                zombie.age(),
                zombie.status());
    }
}
