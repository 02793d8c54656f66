// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.zreap.Zombie;

/**
 * The zombies of one parent.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param count how many there are
 * @param oldest the age of the oldest, if ages are known
 * @param perHour how many come in an hour, on average since the oldest; needs ages and two zombies
 */
public record ZombieCrowd(int count, Optional<Duration> oldest, OptionalDouble perHour) {

    static ZombieCrowd of(List<Zombie> zombies) {
        List<Duration> ages = zombies.stream()
                .flatMap(zombie -> zombie.age().stream())
                .sorted(Comparator.reverseOrder())
                .toList();
        Optional<Duration> oldest = ages.stream().findFirst();
        boolean measurable = ages.size() > 1 && ages.get(0).toMillis() > 0;
        return new ZombieCrowd(
                zombies.size(),
                oldest,
                measurable
                        ? OptionalDouble.of(ages.size()
                                * (double) Duration.ofHours(1).toMillis()
                                / ages.get(0).toMillis())
                        : OptionalDouble.empty());
    }
}
