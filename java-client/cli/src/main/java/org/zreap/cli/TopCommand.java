// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.zreap.cli.ParentListing.Parent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zreap top}: who has the most zombies. */
@Command(name = "top", description = "Lists the parents of zombies, those with the most first.")
final class TopCommand implements Callable<Integer> {

    /** By what the rows are sorted; equal ones by PID. */
    enum Order {
        ZOMBIES,
        OLDEST,
        PPID,
        PARENT;

        private Comparator<Parent> comparator() {
            Comparator<Parent> first = switch (this) {
                case ZOMBIES -> Comparator.comparingInt(Parent::zombies).reversed();
                case OLDEST -> Comparator.comparing(TopCommand::oldest).reversed();
                case PPID -> Comparator.comparingLong(Parent::pid);
                case PARENT -> Comparator.comparing(parent -> Cells.of(parent.name()));
            };
            return first.thenComparingLong(Parent::pid);
        }
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Mixin
    private FilterOptions filter;

    @Mixin
    private ZombieSource source;

    @Option(
            names = "--sort",
            paramLabel = "COLUMN",
            defaultValue = "zombies",
            description = "zombies (default, the most first), oldest, ppid or parent.")
    private Order order;

    @Option(names = "--wide", description = "Also print the container of the parent, with its names.")
    private boolean wide;

    @Override
    public Integer call() throws IOException {
        ZombieSource.Seen seen = source.look();
        ParentListing parents = ParentListing.of(filter.select(seen, source::places))
                .sorted(order.comparator())
                .placedBy(wide ? Optional.of(source.places()) : Optional.empty());
        seen.printObstacle(spec.commandLine().getErr());
        output.print(spec, parents);
        return ZreapCommand.DONE;
    }

    private static Duration oldest(Parent parent) {
        return parent.oldest().orElse(Duration.ZERO);
    }
}
