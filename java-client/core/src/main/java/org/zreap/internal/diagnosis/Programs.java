// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.zreap.diagnosis.ProgramRuntime;
import org.zreap.internal.diagnosis.Program.Waits;

/**
 * Tells the kind of a program from the name of its file, its process name, its libraries and the
 * first bytes of its file. Stateless.
 */
public final class Programs {

    /** The kind of a program for a file name. */
    private record Known(ProgramRuntime runtime, Waits waits) {}

    private static final Map<String, Known> BY_NAME = byName();

    /** Beginnings of names, for names with versions and roles. */
    private static final Map<String, Known> BY_PREFIX = Map.of(
            "python", new Known(ProgramRuntime.PYTHON, Waits.UNKNOWN),
            "pypy", new Known(ProgramRuntime.PYTHON, Waits.UNKNOWN),
            "ruby", new Known(ProgramRuntime.RUBY, Waits.UNKNOWN),
            "php-fpm", new Known(ProgramRuntime.SUPERVISOR, Waits.FOR_ANY_IF_TOLD),
            "containerd-shim", new Known(ProgramRuntime.SUPERVISOR, Waits.FOR_ANY_IF_TOLD));

    /**
     * Programs whose file says less than the names of their processes: scripts in Python, and the
     * server of Redis, whose file in Debian is that of another tool.
     */
    private static final Map<String, Known> BY_OWN_NAME = Map.of(
            "supervisord", new Known(ProgramRuntime.SUPERVISOR, Waits.FOR_ANY_IF_TOLD),
            "gunicorn", new Known(ProgramRuntime.SUPERVISOR, Waits.FOR_ANY_IF_TOLD),
            "redis-server", new Known(ProgramRuntime.SUPERVISOR, Waits.FOR_ANY_AT_TIMES),
            "valkey-server", new Known(ProgramRuntime.SUPERVISOR, Waits.FOR_ANY_AT_TIMES),
            "my_init", new Known(ProgramRuntime.INIT, Waits.FOR_ANY));

    /** The kind of a busybox program for the name under which it runs. */
    private static final Map<String, Known> BUSYBOX = Map.of(
            "init", new Known(ProgramRuntime.INIT, Waits.FOR_ANY),
            "linuxrc", new Known(ProgramRuntime.INIT, Waits.FOR_ANY),
            "runsvdir", new Known(ProgramRuntime.INIT, Waits.FOR_ANY),
            "runsv", new Known(ProgramRuntime.SUPERVISOR, Waits.FOR_ANY_IF_TOLD),
            "crond", new Known(ProgramRuntime.OTHER, Waits.FOR_ITS_OWN_AT_TIMES),
            "sh", new Known(ProgramRuntime.BUSYBOX_SHELL, Waits.FOR_ANY_AT_TIMES),
            "ash", new Known(ProgramRuntime.BUSYBOX_SHELL, Waits.FOR_ANY_AT_TIMES),
            "sleep", new Known(ProgramRuntime.OTHER, Waits.FOR_NONE),
            "tail", new Known(ProgramRuntime.OTHER, Waits.FOR_NONE));

    /**
     * A program that maps one of these libraries runs that runtime. libpython is not in the list,
     * because gdb and others only embed it.
     */
    private static final Map<String, Known> LIBRARIES = Map.of(
            "/libjvm.so", new Known(ProgramRuntime.JVM, Waits.FOR_ITS_OWN),
            "/libcoreclr.so", new Known(ProgramRuntime.DOTNET, Waits.FOR_ITS_OWN),
            "/libnode.so", new Known(ProgramRuntime.NODE, Waits.FOR_ITS_OWN));

    /**
     * The name and type of the note with the build ID that the Go linker puts near the start of a
     * program.
     */
    private static final List<Integer> GO_NOTE = List.of(4, 0, 0, 0, (int) 'G', (int) 'o', 0, 0);

    private Programs() {}

    private static Map<String, Known> byName() {
        Map<String, Known> known = new LinkedHashMap<>();
        put(known, ProgramRuntime.JVM, Waits.FOR_ITS_OWN, "java");
        put(known, ProgramRuntime.NODE, Waits.FOR_ITS_OWN, "node", "nodejs");
        put(known, ProgramRuntime.DOTNET, Waits.FOR_ITS_OWN, "dotnet");
        put(known, ProgramRuntime.BASH, Waits.FOR_ANY_AT_TIMES, "bash");
        put(known, ProgramRuntime.DASH, Waits.FOR_ANY_AT_TIMES, "dash");
        put(known, ProgramRuntime.SHELL, Waits.UNKNOWN, "sh", "ash", "zsh", "ksh", "ksh93", "mksh", "fish");
        put(
                known,
                ProgramRuntime.INIT,
                Waits.FOR_ANY,
                "init",
                "tini",
                "tini-static",
                "docker-init",
                "podman-init",
                "dumb-init",
                "catatonit",
                "s6-svscan",
                "runit",
                "runit-init",
                "runsvdir",
                "openrc-init",
                "conmon");
        // The master of nginx blocks SIGCHLD, and takes it in sigsuspend.
        put(known, ProgramRuntime.SUPERVISOR, Waits.FOR_ANY, "systemd", "nginx");
        put(known, ProgramRuntime.SUPERVISOR, Waits.FOR_ANY_IF_TOLD, "postgres", "runsv");
        put(known, ProgramRuntime.OTHER, Waits.FOR_ITS_OWN_AT_TIMES, "monit");
        put(known, ProgramRuntime.INIT, Waits.FOR_ANY_IF_TOLD, "pause");
        put(known, ProgramRuntime.OTHER, Waits.FOR_NONE, "sleep", "tail", "cat");
        return Map.copyOf(known);
    }

    private static void put(Map<String, Known> known, ProgramRuntime runtime, Waits waits, String... names) {
        for (String name : names) {
            known.put(name, new Known(runtime, waits));
        }
    }

    /**
     * The program that a process runs.
     *
     * @param executable the path of its file
     * @param ownName the name of the process
     * @param maps its mapped files; read only if the names do not tell
     * @param head the first bytes of its file; read only if the names do not tell
     */
    public static Program of(
            Optional<String> executable, String ownName, Supplier<Optional<String>> maps, Supplier<byte[]> head) {
        String file = file(executable).orElse(ownName);
        Known known = knownByNames(file, ownName)
                .or(() -> maps.get().flatMap(Programs::ofMaps))
                .or(() -> hasGoNote(head.get())
                        ? Optional.of(new Known(ProgramRuntime.GO, Waits.FOR_ITS_OWN))
                        : Optional.empty())
                .orElse(new Known(ProgramRuntime.OTHER, Waits.UNKNOWN));
        boolean isScript = known.runtime() != ProgramRuntime.PYTHON && isInterpreter(file);
        return Program.of(known.runtime(), isScript ? ownName : file, known.waits());
    }

    /**
     * What a process of a supervisor's program is that is no supervisor itself, such as a worker of
     * gunicorn or a backend of postgres: a program of its interpreter.
     *
     * @param supervisor the program that its names tell
     * @param executable the path of its file
     */
    static Program worker(Program supervisor, Optional<String> executable) {
        Known known = file(executable)
                .flatMap(name -> byPrefix(BY_PREFIX, name))
                .filter(found -> found.runtime() == ProgramRuntime.PYTHON)
                .orElse(new Known(ProgramRuntime.OTHER, Waits.UNKNOWN));
        return Program.of(known.runtime(), supervisor.name(), known.waits());
    }

    private static Optional<String> file(Optional<String> executable) {
        return executable.map(path -> path.substring(path.lastIndexOf('/') + 1));
    }

    private static boolean isInterpreter(String file) {
        return file.equals("busybox")
                || file.startsWith("python")
                || file.startsWith("pypy")
                || file.startsWith("redis-")
                || file.startsWith("valkey-");
    }

    private static Optional<Known> knownByNames(String file, String ownName) {
        if (file.equals("busybox")) {
            return Optional.of(BUSYBOX.getOrDefault(ownName, new Known(ProgramRuntime.OTHER, Waits.UNKNOWN)));
        }
        if (isInterpreter(file)) {
            return byPrefix(BY_OWN_NAME, ownName).or(() -> byPrefix(BY_PREFIX, file));
        }
        return Optional.ofNullable(BY_NAME.get(file)).or(() -> byPrefix(BY_PREFIX, file));
    }

    private static Optional<Known> byPrefix(Map<String, Known> known, String name) {
        return known.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Optional<Known> ofMaps(String maps) {
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
