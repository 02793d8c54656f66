// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.zreap.Zombie;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zreap list}: the zombies there are. */
@Command(name = "list", description = "Lists the zombies with their parents.")
final class ListCommand implements Callable<Integer> {

    /** By what the rows are sorted; equal ones stay in the order of their PIDs. */
    enum Order implements Comparator<Zombie> {
        PID,
        PPID,
        AGE,
        UID,
        PARENT,
        NAME;

        @Override
        public int compare(Zombie a, Zombie b) {
            return switch (this) {
                case PID -> Long.compare(a.pid(), b.pid());
                case PPID -> Long.compare(a.parentPid(), b.parentPid());
                case AGE -> age(b).compareTo(age(a));
                case UID -> Long.compare(uid(a), uid(b));
                case PARENT -> Cells.of(a.parentName()).compareTo(Cells.of(b.parentName()));
                case NAME -> a.name().toString().compareTo(b.name().toString());
            };
        }

        private static Duration age(Zombie zombie) {
            return zombie.age().orElse(Duration.ZERO);
        }

        private static long uid(Zombie zombie) {
            return zombie.uid().orElse(Long.MAX_VALUE);
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
            defaultValue = "pid",
            description = "pid (default), ppid, age (the oldest first), uid, parent or name.")
    private Order order;

    @Option(
            names = "--wide",
            description = "Also print the start time, the container with its names, and the PID inside its PID"
                    + " namespace.")
    private boolean wide;

    @Override
    public Integer call() throws IOException {
        ZombieSource.Seen seen = source.look();
        List<Zombie> zombies =
                filter.select(seen, source::places).stream().sorted(order).toList();
        seen.printObstacle(spec.commandLine().getErr());
        Optional<Places> places = wide ? Optional.of(source.places()) : Optional.empty();
        output.print(spec, new ZombieListing(zombies, seen.fromKernel(), places));
        return ZreapCommand.DONE;
    }
}
