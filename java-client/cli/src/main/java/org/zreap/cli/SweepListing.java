// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zreap.ReapReport;
import org.zreap.Zombie;
import org.zreap.ZombieState;
import org.zreap.json.JsonFields;

/**
 * The outcome of a sweep: its results as in a {@link ResultListing}, and the zombies that it
 * spared.
 *
 * @param report the report of the sweep
 */
record SweepListing(ReapReport report) implements Listing {

    @Override
    public TextTable table() {
        return new ResultListing(report.results()).table();
    }

    /** One line for each reason, because there may be thousands of zombies. */
    @Override
    public List<String> notes() {
        return spared().stream()
                .map(reason -> note(reason.getKey(), reason.getValue()))
                .toList();
    }

    @Override
    public void writeJson(JsonGenerator json) throws IOException {
        new ResultListing(report.results()).writeJson(json);
        JsonFields fields = new JsonFields(json);
        for (Map.Entry<ZombieState, List<Zombie>> reason : spared()) {
            for (Zombie zombie : reason.getValue()) {
                fields.start();
                ZombieListing.write(fields, zombie, Optional.of(reason.getKey()), true);
                fields.end();
            }
        }
    }

    /** The reasons, those with the most zombies first. */
    private List<Map.Entry<ZombieState, List<Zombie>>> spared() {
        return report.spared().entrySet().stream()
                .sorted(Comparator.<Map.Entry<ZombieState, List<Zombie>>>comparingInt(
                                reason -> reason.getValue().size())
                        .reversed()
                        .thenComparing(reason -> reason.getKey().word()))
                .toList();
    }

    private static String note(ZombieState reason, List<Zombie> zombies) {
        List<ParentListing.Parent> parents = ParentListing.of(zombies).parents();
        ParentListing.Parent first = parents.get(0);
        String name = first.pid() == 0
                ? "a parent outside of this PID namespace"
                : first.pid() + first.name().map(n -> " (" + n + ")").orElse("");
        String whose = parents.size() == 1
                ? "children of " + name
                : first.zombies() + " of them children of " + name + ", the others of " + (parents.size() - 1)
                        + " more parents";
        return zombies.size() + " spared: " + reason + " (" + reason.explanation() + "), " + whose;
    }
}
