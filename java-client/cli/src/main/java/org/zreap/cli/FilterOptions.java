// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.zreap.Failure;
import org.zreap.Target;
import org.zreap.Zombie;
import org.zreap.ZombieState;
import org.zreap.ZreapException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that select the zombies of a listing. */
final class FilterOptions {

    private static final Path USERS = Path.of("/etc/passwd");

    /** The states that a listing can show. */
    private static final List<String> STATES = Stream.of(
                    ZombieState.REAPABLE,
                    ZombieState.DENIED,
                    ZombieState.THREADS,
                    ZombieState.BUSY,
                    ZombieState.TRACED,
                    ZombieState.KERNEL_CHILD,
                    ZombieState.PARENT_STOPPED)
            .map(ZombieState::word)
            .toList();

    /** Those of them that /proc does not show. */
    private static final Set<String> FROM_MODULE =
            Set.of(ZombieState.REAPABLE.word(), ZombieState.DENIED.word(), ZombieState.BUSY.word());

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--parent", paramLabel = "PID[@START]", description = "Only children of this process.")
    private Optional<Target> parent;

    @Option(names = "--user", paramLabel = "USER", description = "Only those of this user: a name or a number.")
    private Optional<String> user;

    @Option(
            names = "--container",
            paramLabel = "CONTAINER",
            description = "Only those in the container whose ID begins like this, or that its engine calls so.")
    private Optional<String> container;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those in this state: reapable, denied, threads, busy, traced, kernel-child or"
                    + " parent-stopped.")
    private Optional<String> state;

    @Option(
            names = "--older-than",
            paramLabel = "DURATION",
            description = "Only those that have been zombies for longer than this: 500ms, 60s, 2h, 7d.")
    private Optional<Duration> olderThan;

    /**
     * The zombies that the options select.
     *
     * @param places makes what tells the container of a zombie and its names
     */
    List<Zombie> select(ZombieSource.Seen seen, Supplier<Places> places) {
        state.filter(word -> !STATES.contains(word)).ifPresent(word -> {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "there is no state " + word + "; there are " + String.join(", ", STATES));
        });
        Optional<Long> uid = user.map(this::uid);
        Optional<Predicate<Zombie>> isChild = parent.map(NamedProcess::childrenOf);
        Optional<Predicate<Zombie>> isInside = container.map(id -> inside(id, places.get()));
        if (!seen.fromKernel()) {
            olderThan.ifPresent(age -> failWithoutModule("the age of zombies"));
            state.filter(FROM_MODULE::contains).ifPresent(word -> failWithoutModule("which zombies are " + word));
        }
        return seen.zombies().stream()
                .filter(zombie -> isChild.isEmpty() || isChild.get().test(zombie))
                .filter(zombie -> uid.isEmpty() || zombie.uid().stream().anyMatch(id -> id == uid.get()))
                .filter(zombie -> state.isEmpty() || zombie.state().word().equals(state.get()))
                .filter(zombie -> olderThan.isEmpty()
                        || zombie.age()
                                .filter(age -> age.compareTo(olderThan.get()) > 0)
                                .isPresent())
                .filter(zombie -> isInside.isEmpty() || isInside.get().test(zombie))
                .toList();
    }

    private static void failWithoutModule(String unknown) {
        throw new ZreapException(Failure.of(
                "/proc does not tell " + unknown,
                "load the kernel module (modprobe zreap) and run this as root, or leave the option out"));
    }

    private static Predicate<Zombie> inside(String container, Places places) {
        return zombie -> places.diagnoser().placement(zombie).stream()
                .flatMap(place -> place.containers().stream())
                .anyMatch(one -> one.id().startsWith(container)
                        || places.engines().names(one).name().equals(Optional.of(container)));
    }

    private long uid(String name) {
        if (name.matches("[0-9]{1,10}")) {
            return Long.parseLong(name);
        }
        try (Stream<String> lines = Files.lines(USERS, StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 2 && fields[0].equals(name) && fields[2].matches("[0-9]{1,10}"))
                    .map(fields -> Long.valueOf(fields[2]))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.ParameterException(
                            spec.commandLine(), "there is no user " + name + " in " + USERS + "; give the number"));
        } catch (IOException e) {
            throw new ZreapException(Failure.of("cannot read " + USERS, "give the number of the user")
                    .withCause(e));
        }
    }
}
