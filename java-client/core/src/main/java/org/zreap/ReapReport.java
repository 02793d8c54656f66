// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The results of a request, and a check of them afterwards.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param results one for each target, in order
 * @param spared the zombies that a {@linkplain Zreap#sweep sweep} selected but left alone for their
 *     state, by that state; none in other reports
 * @param stillThere the processes that the module reported as reaped or released but that are still
 *     there; it should be empty
 * @param elapsed how long the request and the check took
 * @param dryRun whether the request changed nothing and only asked what it would do
 */
public record ReapReport(
        List<ReapResult> results,
        Map<ZombieState, List<Zombie>> spared,
        List<ProcessIdentity> stillThere,
        Duration elapsed,
        boolean dryRun) {

    /**
     * Copies the lists and the map.
     *
     * @param results one for each target, in order
     * @param spared the zombies that a sweep left alone, by the reason
     * @param stillThere the processes that the module reported as reaped or released but that are
     *     still there
     * @param elapsed how long the request and the check took
     * @param dryRun whether the request changed nothing and only asked what it would do
     */
    public ReapReport {
        results = List.copyOf(results);
        spared = spared.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> List.copyOf(e.getValue())));
        stillThere = List.copyOf(stillThere);
    }

    /**
     * How many processes the request named.
     *
     * @return the number of targets
     */
    public int asked() {
        return results.size();
    }

    /**
     * The results of what was done; in a dry run, of what would be done. {@link ReapResult.Unknown}
     * is never among them.
     *
     * @return the results, in order
     */
    public List<ReapResult.Done> done() {
        return results.stream()
                .filter(ReapResult.Done.class::isInstance)
                .map(ReapResult.Done.class::cast)
                .toList();
    }

    /**
     * The results of what was not done, by the result's word. {@link ReapResult.Unknown} is among
     * them unless it is a success.
     *
     * @return the results in order, under words in alphabetical order
     */
    public Map<String, List<ReapResult>> notDone() {
        return results.stream()
                .filter(result -> !isSuccess(result))
                .collect(Collectors.groupingBy(ReapResult::word, TreeMap::new, Collectors.toList()));
    }

    private static boolean isSuccess(ReapResult result) {
        return result instanceof ReapResult.Done
                || (result instanceof ReapResult.Unknown unknown && unknown.errno() == 0);
    }

    /** A line for people. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder()
                .append(asked())
                .append(" asked, ")
                .append(results.stream().filter(ReapReport::isSuccess).count())
                .append(" done");
        notDone()
                .forEach((word, refused) ->
                        line.append(", ").append(refused.size()).append(' ').append(word));
        spared.entrySet().stream()
                .sorted(Comparator.comparing(reason -> reason.getKey().word()))
                .forEach(reason -> line.append(", ")
                        .append(reason.getValue().size())
                        .append(" spared (")
                        .append(reason.getKey())
                        .append(')'));
        if (!stillThere.isEmpty()) {
            line.append(", STILL THERE: ").append(stillThere);
        }
        return line.append(", ").append(elapsed.toMillis()).append(" ms").toString();
    }
}
