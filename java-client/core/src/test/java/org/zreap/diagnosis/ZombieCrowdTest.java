// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.zreap.CommandName;
import org.zreap.ProcessIdentity;
import org.zreap.Zombie;
import org.zreap.internal.ZombieBuilder;

class ZombieCrowdTest {

    @Test
    void twoZombiesInAnHourAreTwoPerHour() {
        assertEquals(
                new ZombieCrowd(2, Optional.of(Duration.ofHours(1)), OptionalDouble.of(2)),
                crowd(Duration.ZERO, Duration.ofHours(1)));
    }

    @Test
    void oneZombieTellsNoRate() {
        Duration age = Duration.ofHours(1);

        assertEquals(new ZombieCrowd(1, Optional.of(age), OptionalDouble.empty()), crowd(age));
    }

    @Test
    void zombiesThatHaveJustEndedTellNoRate() {
        assertEquals(
                new ZombieCrowd(2, Optional.of(Duration.ZERO), OptionalDouble.empty()),
                crowd(Duration.ZERO, Duration.ZERO));
    }

    private static ZombieCrowd crowd(Duration... ages) {
        return ZombieCrowd.of(Stream.of(ages).map(ZombieCrowdTest::zombie).toList());
    }

    private static Zombie zombie(Duration age) {
        return new ZombieBuilder(new ProcessIdentity(77, 1000), CommandName.of("sh"))
                .age(Optional.of(age))
                .build();
    }
}
