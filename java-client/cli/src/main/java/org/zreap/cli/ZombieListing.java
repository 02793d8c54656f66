// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.zreap.Zombie;
import org.zreap.ZombieState;

/**
 * Zombies.
 *
 * @param zombies the rows
 */
record ZombieListing(List<Zombie> zombies) implements Listing {

    @Override
    public TextTable table() {
        TextTable table = new TextTable("PID", "PPID", "AGE", "STATUS", "STATE", "SPARED", "UID", "PARENT", "NAME");
        for (Zombie zombie : zombies) {
            table.add(
                    Long.toString(zombie.pid()),
                    Long.toString(zombie.parentPid()),
                    Cells.age(zombie.age()),
                    Cells.of(zombie.status()),
                    zombie.state().word(),
                    Cells.of(zombie.spared()),
                    Cells.of(zombie.uid()),
                    Cells.of(zombie.parentName()),
                    zombie.name().toString());
        }
        return table;
    }

    @Override
    public void writeJson(JsonGenerator json) throws IOException {
        for (Zombie zombie : zombies) {
            writeJson(json, zombie, zombie.spared());
        }
    }

    /** One object, with the reason for which a sweep leaves that zombie. */
    static void writeJson(JsonGenerator json, Zombie zombie, Optional<ZombieState> spared) throws IOException {
        JsonFields fields = new JsonFields(json);
        fields.start();
        write(fields, zombie, spared);
        fields.end();
    }

    /** The fields of that object. */
    static void write(JsonFields fields, Zombie zombie, Optional<ZombieState> spared) throws IOException {
        fields.number("pid", zombie.pid());
        fields.number("start", zombie.identity().startTicks());
        fields.text("name", zombie.name());
        fields.number("parentPid", zombie.parentPid());
        fields.text("parentName", zombie.parentName());
        fields.text("state", zombie.state());
        fields.text("spared", spared);
        fields.number("uid", zombie.uid());
        fields.number("livingThreads", zombie.livingThreads());
        fields.number("tracer", zombie.tracer());
        fields.number("ageMillis", zombie.age().map(Duration::toMillis));
        fields.status(zombie.status());
    }
}
