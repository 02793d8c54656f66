// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The information in a module's file.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param fields the output of modinfo(8), by name; a repeated field has its first value
 * @param parameters the names of the parameters that the module describes
 */
record ModuleInfo(Map<String, String> fields, Set<String> parameters) {

    ModuleInfo {
        fields = Map.copyOf(fields);
        parameters = Set.copyOf(parameters);
    }

    /** Reads a file; empty if that fails. */
    interface Reader {
        Optional<ModuleInfo> read(Path file);
    }

    /** Runs modinfo(8), which also reads compressed files. */
    static Optional<ModuleInfo> ask(Path file) {
        return AdminTool.ofSystem("modinfo", List.of(file.toString()))
                .filter(answer -> answer.exitCode() == 0)
                .map(answer -> parse(answer.text()));
    }

    /** Parses the output of modinfo(8). */
    static ModuleInfo parse(String text) {
        Map<String, String> fields = new HashMap<>();
        Set<String> parameters = new HashSet<>();
        text.lines()
                .map(line -> line.split(":", 3))
                .filter(parts -> parts[0].equals("parm") && parts.length == 3)
                .forEach(parts -> parameters.add(parts[1].strip()));
        text.lines()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> fields.putIfAbsent(parts[0].strip(), parts[1].strip()));
        return new ModuleInfo(fields, parameters);
    }

    /** Whether it is signed, by any key. */
    boolean isSigned() {
        return fields.containsKey("sig_id");
    }

    /** The name of its signer. */
    Optional<String> signer() {
        return field("signer");
    }

    /** A field that has a value. */
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
    }
}
