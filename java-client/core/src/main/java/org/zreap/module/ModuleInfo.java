// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The information in a module's file.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param fields the output of modinfo(8), by name; a repeated field has its first value
 */
record ModuleInfo(Map<String, String> fields) {

    ModuleInfo {
        fields = Map.copyOf(fields);
    }

    /** Reads a file; empty if that fails. */
    interface Reader {
        Optional<ModuleInfo> read(Path file);
    }

    /** Runs modinfo(8), which also reads compressed files. */
    static Optional<ModuleInfo> ask(Path file) {
        ProcessBuilder modinfo = new ProcessBuilder("modinfo", file.toString());
        // On Debian, modinfo is not in the PATH of users.
        modinfo.environment().merge("PATH", "/usr/sbin:/sbin", (path, system) -> path + ":" + system);
        modinfo.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = modinfo.start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(parse(text)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Parses the output of modinfo(8). */
    static ModuleInfo parse(String text) {
        Map<String, String> fields = new HashMap<>();
        text.lines()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> fields.putIfAbsent(parts[0].strip(), parts[1].strip()));
        return new ModuleInfo(fields);
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
