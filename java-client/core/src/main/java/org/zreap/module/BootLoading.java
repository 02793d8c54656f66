// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.zreap.internal.SystemFiles;
import org.zreap.module.ModuleProblem.Kind;

/**
 * Whether the module will be loaded at boot, as modules-load.d(5) and modprobe.d(5) specify.
 *
 * <p>Immutable and so thread-safe.
 */
final class BootLoading {

    /** In systemd's search order: among files with the same name the first counts. */
    private static final List<String> PREFIXES = List.of("etc/", "run/", "usr/local/lib/", "usr/lib/", "lib/");

    private static final String CONF = ".conf";

    private final SystemFiles files;

    BootLoading(SystemFiles files) {
        this.files = files;
    }

    /** The problems that keep it from being loaded at boot. */
    Optional<ModuleProblem> problem() {
        Map<String, String> asking = inForce("modules-load.d");
        boolean isAskedFor = Stream.concat(asking.values().stream(), Stream.of("etc/modules"))
                        .anyMatch(file -> hasLine(file, "zreap"))
                || isOnCommandLine();
        if (!isAskedFor) {
            return Optional.of(notAskedFor(asking));
        }
        return inForce("modprobe.d").values().stream()
                .filter(file -> hasLine(file, "blacklist zreap"))
                .findFirst()
                .map(file -> new ModuleProblem(
                        Kind.NOT_LOADED_AT_BOOT,
                        "the module will not be loaded at boot: " + SystemFiles.shown(file) + " blacklists it",
                        "remove the line \"blacklist zreap\" from " + SystemFiles.shown(file)));
    }

    private ModuleProblem notAskedFor(Map<String, String> asking) {
        String own = "/etc/modules-load.d/zreap.conf";
        Optional<String> mask = Optional.ofNullable(asking.get("zreap.conf"))
                .filter(file -> file.startsWith("etc/"))
                .filter(file -> files.target(file).equals("dev/null"));
        return mask.map(file -> new ModuleProblem(
                        Kind.NOT_LOADED_AT_BOOT,
                        "the module will not be loaded at boot: " + own + " leads to /dev/null",
                        "if that is not wanted: rm " + own))
                .orElseGet(() -> new ModuleProblem(
                        Kind.NOT_LOADED_AT_BOOT,
                        "no file of modules-load.d(5) asks for the module to be loaded at boot",
                        "echo zreap > " + own));
    }

    /** The files that count, by name. */
    private Map<String, String> inForce(String folder) {
        Map<String, String> found = new TreeMap<>();
        for (String prefix : PREFIXES) {
            for (String name : files.names(prefix + folder)) {
                if (name.endsWith(CONF)) {
                    found.putIfAbsent(name, prefix + folder + "/" + name);
                }
            }
        }
        return found;
    }

    private boolean hasLine(String file, String wanted) {
        return files.text(file)
                .orElse("")
                .lines()
                .anyMatch(line -> line.strip().replaceAll("\\s+", " ").equals(wanted));
    }

    private boolean isOnCommandLine() {
        return Stream.of(files.line("proc/cmdline").orElse("").split(" "))
                .filter(word -> word.matches("(rd\\.)?modules[-_]load=.*"))
                .flatMap(word -> Stream.of(word.substring(word.indexOf('=') + 1).split(",")))
                .anyMatch("zreap"::equals);
    }
}
