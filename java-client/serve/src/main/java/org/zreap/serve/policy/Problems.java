// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Gathers the faults of a policy file.
 *
 * <p>Not thread-safe: for one reading.
 */
final class Problems {

    /** Enough to mend a file, and no flood from a file that is no policy. */
    private static final int MOST = 20;

    private final List<Problem> problems = new ArrayList<>();

    void add(Node at, String message) {
        add(at.getStartMark(), message);
    }

    void add(Optional<Mark> at, String message) {
        add(
                at.map(mark -> mark.getLine() + 1).orElse(1),
                at.map(mark -> mark.getColumn() + 1).orElse(1),
                message);
    }

    void add(int line, int column, String message) {
        if (problems.size() < MOST) {
            problems.add(new Problem(line, column, message));
        }
    }

    /** The faults, in the order of the file. */
    List<Problem> inOrder() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }
}
