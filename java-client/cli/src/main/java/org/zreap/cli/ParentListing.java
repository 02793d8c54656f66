// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.zreap.CommandName;
import org.zreap.Zombie;

/**
 * Parents of zombies.
 *
 * @param parents the rows
 */
record ParentListing(List<Parent> parents) implements Listing {

    /** One that has zombies. */
    record Parent(long pid, Optional<CommandName> name, int zombies, Optional<Duration> oldest) {

        private static Parent of(List<Zombie> children) {
            Zombie any = children.get(0);
            return new Parent(
                    any.parentPid(),
                    any.parentName(),
                    children.size(),
                    children.stream().flatMap(zombie -> zombie.age().stream()).max(Comparator.naturalOrder()));
        }
    }

    /** The parents of these, those with the most first. */
    static ParentListing of(List<Zombie> zombies) {
        return new ParentListing(zombies.stream().collect(Collectors.groupingBy(Zombie::parentPid)).values().stream()
                .map(Parent::of)
                .sorted(Comparator.comparingInt(Parent::zombies).reversed().thenComparingLong(Parent::pid))
                .toList());
    }

    @Override
    public TextTable table() {
        TextTable table = new TextTable("ZOMBIES", "OLDEST", "PPID", "PARENT");
        for (Parent parent : parents) {
            table.add(
                    Integer.toString(parent.zombies()),
                    Cells.age(parent.oldest()),
                    Long.toString(parent.pid()),
                    Cells.of(parent.name()));
        }
        return table;
    }

    @Override
    public void writeJson(JsonGenerator json) throws IOException {
        for (Parent parent : parents) {
            JsonFields fields = new JsonFields(json);
            fields.start();
            fields.number("parentPid", parent.pid());
            fields.text("parentName", parent.name());
            fields.number("zombies", parent.zombies());
            fields.number("oldestMillis", parent.oldest().map(Duration::toMillis));
            fields.end();
        }
    }
}
