// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.zreap.cli.ParentListing.Parent;
import org.zreap.internal.Durations;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code zreap top}: who has the most zombies. No member of this class has a type of JLine in its
 * signature: so the table, and all other commands, start without its classes.
 */
@Command(
        name = "top",
        description = {
            "Shows the parents of zombies, those with the most first.",
            "In a terminal it is a screen that looks again and again: ? shows its keys, q quits. Else, and with"
                    + " --once, --json or --no-header, it prints a table once."
        })
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

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

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

    @Option(
            names = "--wide",
            description = "Also show the container of the parent with its names, and the PID of the parent inside it.")
    private boolean wide;

    @Option(names = "--once", description = "Print a table once, in a terminal too.")
    private boolean once;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "2s",
            description = "The time from one look of the screen to the next, from 100ms to 1h. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Duration interval;

    @Option(
            names = "--no-color",
            description = "No colours on the screen. The environment variable NO_COLOR does the same.")
    private boolean noColor;

    @Override
    public Integer call() throws IOException {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--interval is from 100ms to 1h, not " + Durations.text(interval));
        }
        OptionalInt code = isLive() ? live() : OptionalInt.empty();
        return code.isPresent() ? code.getAsInt() : print();
    }

    private boolean isLive() {
        return !once && output.isPlain() && InteractiveTerminal.isThere();
    }

    private OptionalInt live() throws IOException {
        String noColour = System.getenv("NO_COLOR");
        TopSource looks = new TopLooks(source, filter, wide);
        TopState state = new TopState(looks.look(), TopOrder.valueOf(order.name()));
        return TopScreen.show(looks, state, interval, !noColor && (noColour == null || noColour.isEmpty()));
    }

    private int print() throws IOException {
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
