// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.zreap.CommandName;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Container.Engine;
import org.zreap.internal.proc.BoundedLook;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;

/**
 * Tells the container of a process by the engine's monitor above it: a shim of containerd, or
 * conmon. Their arguments name the container, whatever the name of its cgroup is.
 *
 * @param proc where processes are read
 * @param cgroups reads their cgroups
 * @param looks bounds reads that may hang
 */
public record Monitors(ProcFs proc, ProcessCgroups cgroups, BoundedLook looks) {

    private static final int MAX_ANCESTORS = 64;

    /** The kernel cuts a command name after 15 characters. */
    private static final String SHIM = "containerd-shim";

    private static final String CONMON = "conmon";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*");

    /**
     * The container.
     *
     * @param pid a process
     * @return empty if no monitor stands above it, or only one in the same cgroup
     */
    public Optional<Container> of(long pid) {
        Optional<ProcStat> monitor = outermost(pid);
        return monitor.filter(stat -> !cgroups.of(stat.identity().pid()).equals(cgroups.of(pid)))
                .flatMap(this::container);
    }

    /** A container may have processes that only look like a monitor. None of them is the outermost. */
    private Optional<ProcStat> outermost(long pid) {
        List<ProcStat> found = new ArrayList<>();
        Optional<ProcStat> at = proc.stat(pid);
        for (int i = 0; i < MAX_ANCESTORS && at.isPresent() && at.get().parentPid() != 0; i++) {
            at = proc.stat(at.get().parentPid());
            at.filter(Monitors::isMonitor).ifPresent(found::add);
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    private static boolean isMonitor(ProcStat stat) {
        String name = stat.name().toString();
        return name.equals(SHIM) || name.equals(CONMON);
    }

    private Optional<Container> container(ProcStat monitor) {
        long pid = monitor.identity().pid();
        if (monitor.isUninterruptible()) {
            return Optional.empty();
        }
        List<String> arguments = looks.at(() -> Optional.of(proc.commandLine(pid))).orElse(List.of()).stream()
                .map(CommandName::toString)
                .toList();
        return monitor.name().toString().equals(SHIM) ? ofShim(pid, arguments) : ofConmon(arguments);
    }

    /** In the namespace k8s.io a shim serves all of a pod, and names only its sandbox. */
    private Optional<Container> ofShim(long pid, List<String> arguments) {
        boolean isOfRoot = proc.status(pid)
                .flatMap(status -> status.number("Uid"))
                .filter(uid -> uid == 0)
                .isPresent();
        Optional<String> namespace = value(arguments, "-namespace").filter(name -> !name.equals("k8s.io"));
        return isOfRoot && namespace.isPresent()
                ? container(namespace.get().equals("moby") ? Engine.DOCKER : Engine.CONTAINERD, arguments, "-id")
                : Optional.empty();
    }

    private static Optional<Container> ofConmon(List<String> arguments) {
        String exits = value(arguments, "--exit-dir").orElse("");
        Engine engine = Engine.UNKNOWN;
        if (exits.contains("libpod")) {
            engine = Engine.PODMAN;
        } else if (exits.contains("crio")) {
            engine = Engine.CRI_O;
        }
        return container(engine, arguments, "-c");
    }

    private static Optional<Container> container(Engine engine, List<String> arguments, String option) {
        return value(arguments, option)
                .filter(id -> ID.matcher(id).matches())
                .map(id -> new Container(engine, id, Optional.empty()));
    }

    private static Optional<String> value(List<String> arguments, String option) {
        int at = arguments.indexOf(option);
        return at < 0 || at + 1 >= arguments.size() ? Optional.empty() : Optional.of(arguments.get(at + 1));
    }
}
