// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.zreap.Zombie;
import org.zreap.ZombieState;
import org.zreap.json.JsonFields;

/**
 * Zombies.
 *
 * @param zombies the rows
 * @param fromKernel whether the zombies are from the module; only the module knows which are
 *     reapable
 * @param places tells the container of each; empty to leave containers out
 */
record ZombieListing(List<Zombie> zombies, boolean fromKernel, Optional<Places> places) implements Listing {

    @Override
    public TextTable table() {
        List<String> header = new ArrayList<>(List.of("PID", "PPID", "AGE", "STATUS", "STATE", "SPARED", "UID"));
        if (places.isPresent()) {
            header.add("START");
            header.addAll(Places.HEADER);
            header.add(Places.INNER);
        }
        header.addAll(List.of("PARENT", "NAME"));
        TextTable table = new TextTable(header.toArray(String[]::new));
        zombies.forEach(zombie -> table.add(cells(zombie).toArray(String[]::new)));
        return table;
    }

    private List<String> cells(Zombie zombie) {
        List<String> cells = new ArrayList<>(List.of(
                Long.toString(zombie.pid()),
                Long.toString(zombie.parentPid()),
                Cells.age(zombie.age()),
                Cells.of(zombie.status()),
                Cells.of(state(zombie, fromKernel)),
                Cells.of(zombie.spared()),
                Cells.of(zombie.uid())));
        if (places.isPresent()) {
            cells.add(Long.toString(zombie.identity().startTicks()));
            cells.addAll(places.get().cells(places.get().container(zombie)));
            cells.add(Cells.of(places.get().diagnoser().innerPid(zombie)));
        }
        cells.add(Cells.of(zombie.parentName()));
        cells.add(zombie.name().toString());
        return cells;
    }

    @Override
    public void writeJson(JsonGenerator json) throws IOException {
        JsonFields fields = new JsonFields(json);
        for (Zombie zombie : zombies) {
            fields.start();
            write(fields, zombie, zombie.spared(), fromKernel);
            if (places.isPresent()) {
                places.get().write(fields, "container", places.get().container(zombie));
                fields.number("innerPid", places.get().diagnoser().innerPid(zombie));
            }
            fields.end();
        }
    }

    /** The fields of one zombie, with the reason for which a sweep leaves it. */
    static void write(JsonFields fields, Zombie zombie, Optional<ZombieState> spared, boolean fromKernel)
            throws IOException {
        fields.number("pid", zombie.pid());
        fields.number("start", zombie.identity().startTicks());
        fields.text("name", zombie.name());
        fields.number("parentPid", zombie.parentPid());
        fields.text("parentName", zombie.parentName());
        fields.text("state", state(zombie, fromKernel));
        fields.text("spared", spared);
        fields.number("uid", zombie.uid());
        fields.number("livingThreads", zombie.livingThreads());
        fields.number("tracer", zombie.tracer());
        fields.number("ageMillis", zombie.age().map(Duration::toMillis));
        fields.status(zombie.status());
    }

    private static Optional<ZombieState> state(Zombie zombie, boolean fromKernel) {
        return Optional.of(zombie.state()).filter(state -> fromKernel || !state.isReapable());
    }
}
