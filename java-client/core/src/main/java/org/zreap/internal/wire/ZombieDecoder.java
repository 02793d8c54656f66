// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

import java.util.List;
import org.zreap.CommandName;
import org.zreap.ProcessIdentity;
import org.zreap.Zombie;
import org.zreap.ZombieState;
import org.zreap.internal.ZombieBuilder;

/** Turns a row of the table of zombies into a {@link Zombie}. Stateless. */
public final class ZombieDecoder {

    /** The columns without which a row is of no use. */
    public static final List<String> REQUIRED = List.of("PID", "START", "STATE", "COMM");

    private ZombieDecoder() {}

    /**
     * Decodes a row.
     *
     * @param row a row of the table of zombies
     * @return what it says
     * @throws MalformedAnswerException if a cell does not hold what its column promises
     */
    public static Zombie decode(Row row) {
        ProcessIdentity identity = new ProcessIdentity(row.requiredNumber("PID"), row.requiredNumber("START"));
        return new ZombieBuilder(identity, row.name("COMM").orElse(CommandName.of("")))
                .parentPid(row.number("PPID").orElse(0L))
                .parentName(row.name("PARENT"))
                .state(new ZombieState(row.text("STATE")))
                .spared(row.optionalText("SPARED").map(ZombieState::new))
                .uid(row.optionalNumber("UID"))
                .livingThreads(row.number("THREADS").map(Long::intValue).orElse(0))
                .tracer(row.visiblePid("TRACER"))
                .age(row.millis("AGE_MS"))
                .status(row.status("STATUS"))
                .build();
    }
}
