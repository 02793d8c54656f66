// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.zreap.Zombie;
import org.zreap.diagnosis.Diagnoser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zreap list}: the zombies there are. */
@Command(name = "list", description = "Lists the zombies with their parents.")
final class ListCommand implements Callable<Integer> {

    /** By what the rows are sorted; equal ones by PID. */
    enum Order {
        PID,
        PPID,
        AGE,
        UID,
        PARENT,
        NAME;

        private Comparator<Zombie> comparator() {
            Comparator<Zombie> first = switch (this) {
                case PID -> Comparator.comparingLong(Zombie::pid);
                case PPID -> Comparator.comparingLong(Zombie::parentPid);
                case AGE -> Comparator.comparing(ListCommand::age).reversed();
                case UID -> Comparator.comparingLong(zombie -> zombie.uid().orElse(Long.MAX_VALUE));
                case PARENT -> Comparator.comparing(zombie -> Cells.of(zombie.parentName()));
                case NAME -> Comparator.comparing(zombie -> zombie.name().toString());
            };
            return first.thenComparingLong(Zombie::pid);
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
            description = "Also print the start time, the container, and the PID inside its PID namespace.")
    private boolean wide;

    @Override
    public Integer call() throws IOException {
        ZombieSource.Seen seen = source.look();
        Diagnoser diagnoser = source.diagnoser(Optional.empty());
        List<Zombie> zombies = filter.select(seen, diagnoser).stream()
                .sorted(order.comparator())
                .toList();
        seen.printObstacle(spec.commandLine().getErr());
        output.print(
                spec,
                new ZombieListing(
                        zombies, seen.fromKernel(), Optional.of(diagnoser).filter(d -> wide)));
        return ZreapCommand.DONE;
    }

    private static Duration age(Zombie zombie) {
        return zombie.age().orElse(Duration.ZERO);
    }
}
