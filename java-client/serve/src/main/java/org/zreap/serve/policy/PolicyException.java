// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A policy file has faults, or cannot be read. */
public final class PolicyException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<String> lines;

    private PolicyException(List<String> lines) {
        super(String.join("\n", lines));
        this.lines = List.copyOf(lines);
    }

    static PolicyException of(Path file, List<Problem> problems) {
        return new PolicyException(
                problems.stream().map(problem -> file + ":" + problem).collect(Collectors.toList()));
    }

    static PolicyException unreadable(Path file, String why) {
        return new PolicyException(List.of(file + ": " + why));
    }

    /** A line for each fault: file, line, column, what is wrong. */
    public List<String> lines() {
        return lines;
    }
}
