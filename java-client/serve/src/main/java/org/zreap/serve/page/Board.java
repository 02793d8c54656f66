// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.page;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.json.JsonLines;
import org.zreap.serve.records.Entries;
import org.zreap.serve.watch.Look;
import org.zreap.serve.watch.Trend;

/**
 * What the page shows: the last look, the last day, the last actions.
 *
 * <p>Thread-safe. Bounded: it keeps no more than the page has.
 */
final class Board {

    /** A day in steps of five minutes. */
    static final int STEPS = 288;

    private static final Duration STEP = Duration.ofMinutes(5);
    private static final int MOST_PARENTS = 32;
    private static final int MOST_ACTIONS = 30;
    private static final int MOST_NOTES = 20;

    /** A parent, also after its end. */
    private record Key(long pid, OptionalLong startTicks) {

        static Key of(Entries.Parent parent) {
            return new Key(parent.pid(), parent.startTicks());
        }
    }

    /**
     * A parent that has zombies, or had some in the last day.
     *
     * @param parent the parent
     * @param day its zombies over the last day
     * @param now what the last look saw of it; empty if it has no zombies
     */
    record ParentDay(Entries.Parent parent, List<OptionalInt> day, Optional<Look.Parent> now) {}

    /**
     * Steps that were the same, one after the other.
     *
     * @param last the last of them
     * @param count how many zombies they were for
     */
    record Action(Entries.Step last, int count) {

        boolean isLike(Entries.Step next) {
            return last.rule().equals(next.rule())
                    && last.step().equals(next.step())
                    && last.dryRun() == next.dryRun()
                    && last.taken() == next.taken()
                    && last.gone() == next.gone()
                    && Key.of(last.parent()).equals(Key.of(next.parent()))
                    && last.result().equals(next.result())
                    && last.finding().equals(next.finding());
        }
    }

    /**
     * All of it at one moment.
     *
     * @param look the last look, if there was one
     * @param outage why the zombies cannot be listed now
     * @param parents the parents, the worst first
     * @param machine the use of the machine's limit over the last day, in percent
     * @param actions the last actions, the last first
     * @param notes the last reports and events, the last first
     */
    record Snapshot(
            Optional<Look> look,
            Optional<String> outage,
            List<ParentDay> parents,
            List<OptionalInt> machine,
            List<Action> actions,
            List<JsonLines.Body> notes) {}

    private final Trend<Key> day = new Trend<>(STEPS, STEP, MOST_PARENTS);
    private final Trend<String> machine = new Trend<>(STEPS, STEP, 1);
    private final Map<Key, Entries.Parent> known = new HashMap<>();
    private final Deque<Action> actions = new ArrayDeque<>();
    private final Deque<JsonLines.Body> notes = new ArrayDeque<>();
    private Optional<Look> look = Optional.empty();
    private Optional<String> outage = Optional.empty();

    synchronized void looked(Look next) {
        look = Optional.of(next);
        outage = Optional.empty();
        Map<Key, Integer> zombies = new LinkedHashMap<>();
        for (Look.Parent one : next.worst()) {
            Key key = Key.of(one.parent());
            known.put(key, one.parent());
            zombies.put(key, one.crowd().zombies());
        }
        day.note(zombies, next.nanos());
        next.limits().stream()
                .filter(limit -> limit.cgroup().isEmpty())
                .findFirst()
                .ifPresent(limit -> machine.note(Map.of("", used(limit)), next.nanos()));
        Set<Key> shown = new HashSet<>(day.keys());
        shown.addAll(zombies.keySet());
        known.keySet().retainAll(shown);
    }

    /** The share of a limit in use, in percent. */
    static int used(TaskLimit limit) {
        return 100 - limit.roomPercent();
    }

    synchronized void failed(String why) {
        outage = Optional.of(why);
    }

    synchronized void note(JsonLines.Body entry) {
        if (!(entry instanceof Entries.Step step)) {
            add(notes, entry, MOST_NOTES);
        } else if (!actions.isEmpty() && actions.getFirst().isLike(step)) {
            actions.addFirst(new Action(step, actions.removeFirst().count() + 1));
        } else {
            add(actions, new Action(step, 1), MOST_ACTIONS);
        }
    }

    private static <T> void add(Deque<T> last, T one, int most) {
        last.addFirst(one);
        if (last.size() > most) {
            last.removeLast();
        }
    }

    synchronized Snapshot snapshot() {
        List<ParentDay> parents = new ArrayList<>();
        Set<Key> worst = new HashSet<>();
        for (Look.Parent one : look.map(Look::worst).orElse(List.of())) {
            Key key = Key.of(one.parent());
            worst.add(key);
            parents.add(new ParentDay(one.parent(), day.of(key), Optional.of(one)));
        }
        known.entrySet().stream()
                .filter(entry -> !worst.contains(entry.getKey()))
                .map(entry -> new ParentDay(entry.getValue(), day.of(entry.getKey()), Optional.empty()))
                .sorted(Comparator.comparingInt((ParentDay one) -> most(one.day()))
                        .reversed())
                .limit(Math.max(0, MOST_PARENTS - parents.size()))
                .forEach(parents::add);
        return new Snapshot(look, outage, parents, machine.of(""), List.copyOf(actions), List.copyOf(notes));
    }

    /** The highest of some numbers. */
    static int most(List<OptionalInt> numbers) {
        return numbers.stream().flatMapToInt(OptionalInt::stream).max().orElse(0);
    }
}
