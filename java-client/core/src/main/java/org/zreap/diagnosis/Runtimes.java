// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the kind of a program from the name of its file, the libraries it has mapped and how its
 * file begins. Stateless.
 */
final class Runtimes {

    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "ksh", "mksh", "ash", "fish");

    private static final Set<String> INITS = Set.of(
            "systemd",
            "init",
            "tini",
            "tini-static",
            "dumb-init",
            "docker-init",
            "catatonit",
            "s6-svscan",
            "runit",
            "openrc-init",
            "conmon");

    private static final Map<String, ProgramRuntime> LIBRARIES = Map.of(
            "/libjvm.so", ProgramRuntime.JVM,
            "/libcoreclr.so", ProgramRuntime.DOTNET,
            "/libpython", ProgramRuntime.PYTHON,
            "/libnode.so", ProgramRuntime.NODE);

    /** The name and type of the note with the build ID that the Go linker puts near the start of a program. */
    private static final List<Integer> GO_NOTE = List.of(4, 0, 0, 0, (int) 'G', (int) 'o', 0, 0);

    private Runtimes() {}

    static ProgramRuntime of(String executable, Optional<String> maps, byte[] head) {
        String name = executable.substring(executable.lastIndexOf('/') + 1);
        if (name.equals("java")) {
            return ProgramRuntime.JVM;
        }
        if (name.startsWith("python") || name.startsWith("pypy")) {
            return ProgramRuntime.PYTHON;
        }
        if (name.equals("node") || name.equals("nodejs")) {
            return ProgramRuntime.NODE;
        }
        if (name.equals("dotnet")) {
            return ProgramRuntime.DOTNET;
        }
        if (SHELLS.contains(name)) {
            return ProgramRuntime.SHELL;
        }
        if (INITS.contains(name)) {
            return ProgramRuntime.INIT;
        }
        return maps.flatMap(Runtimes::ofMaps)
                .orElseGet(() -> hasGoNote(head) ? ProgramRuntime.GO : ProgramRuntime.OTHER);
    }

    private static Optional<ProgramRuntime> ofMaps(String maps) {
        return LIBRARIES.entrySet().stream()
                .filter(library -> maps.contains(library.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean hasGoNote(byte[] head) {
        for (int at = 0; at + GO_NOTE.size() <= head.length; at++) {
            int matched = 0;
            while (matched < GO_NOTE.size() && head[at + matched] == GO_NOTE.get(matched)) {
                matched++;
            }
            if (matched == GO_NOTE.size()) {
                return true;
            }
        }
        return false;
    }
}
