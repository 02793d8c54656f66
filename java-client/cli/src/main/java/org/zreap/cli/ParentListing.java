// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.zreap.CommandName;
import org.zreap.Zombie;
import org.zreap.diagnosis.Container;
import org.zreap.json.JsonFields;

/**
 * Parents of zombies.
 *
 * @param parents the rows
 * @param places tells the container of each; empty to leave containers out
 */
record ParentListing(List<Parent> parents, Optional<Places> places) implements Listing {

    /** A parent with zombies. */
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

    /** The parents of these zombies, those with the most zombies first. */
    static ParentListing of(List<Zombie> zombies) {
        List<Parent> parents = zombies.stream().collect(Collectors.groupingBy(Zombie::parentPid)).values().stream()
                .map(Parent::of)
                .toList();
        return new ParentListing(parents, Optional.empty())
                .sorted(Comparator.comparingInt(Parent::zombies).reversed().thenComparingLong(Parent::pid));
    }

    /** The same in another order. */
    ParentListing sorted(Comparator<Parent> order) {
        return new ParentListing(parents.stream().sorted(order).toList(), places);
    }

    /** The same with the container of each, as far as this source knows it. */
    ParentListing placedBy(Optional<Places> source) {
        return new ParentListing(parents, source);
    }

    private Optional<Container> container(Parent parent) {
        return places.flatMap(source -> source.container(parent.pid()));
    }

    @Override
    public TextTable table() {
        List<String> header = new ArrayList<>(List.of("ZOMBIES", "OLDEST", "PPID"));
        if (places.isPresent()) {
            header.addAll(Places.HEADER);
            header.add(Places.INNER);
        }
        header.add("PARENT");
        TextTable table = new TextTable(header.toArray(String[]::new));
        parents.forEach(parent -> table.add(cells(parent).toArray(String[]::new)));
        return table;
    }

    private List<String> cells(Parent parent) {
        List<String> cells = new ArrayList<>(
                List.of(Integer.toString(parent.zombies()), Cells.age(parent.oldest()), Long.toString(parent.pid())));
        if (places.isPresent()) {
            cells.addAll(places.get().cells(container(parent)));
            cells.add(Cells.of(places.get().innerPid(parent.pid())));
        }
        cells.add(Cells.of(parent.name()));
        return cells;
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
            if (places.isPresent()) {
                places.get().write(fields, "container", container(parent));
                fields.number("parentInnerPid", places.get().innerPid(parent.pid()));
            }
            fields.end();
        }
    }
}
