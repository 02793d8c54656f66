// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zreap.diagnosis.Container.Engine;

/** Reads names out of {@code /proc/PID/cgroup}. Stateless. */
final class Placements {

    private static final String ID = "([0-9a-f]{64})";

    private record Naming(Pattern pattern, Engine engine) {}

    /** How engines name the cgroup of a container, with systemd and without. */
    private static final List<Naming> NAMINGS = List.of(
            new Naming(Pattern.compile("/cri-containerd-" + ID + "\\.scope"), Engine.CONTAINERD),
            new Naming(Pattern.compile("/cri-containerd:" + ID), Engine.CONTAINERD),
            new Naming(Pattern.compile("/crio-" + ID + "(?:\\.scope)?"), Engine.CRI_O),
            new Naming(Pattern.compile("/libpod-" + ID + "(?:\\.scope)?"), Engine.PODMAN),
            new Naming(Pattern.compile("/docker-" + ID + "\\.scope"), Engine.DOCKER),
            new Naming(Pattern.compile("/docker/" + ID), Engine.DOCKER),
            new Naming(Pattern.compile("/kubepods.*/" + ID), Engine.KUBERNETES),
            new Naming(Pattern.compile("/lxc(?:\\.payload\\.|/)([^/]+)"), Engine.LXC));

    private static final Pattern POD =
            Pattern.compile("pod([0-9a-f]{8}[-_](?:[0-9a-f]{4}[-_]){3}[0-9a-f]{12}|[0-9a-f]{32})");

    private static final Pattern UNIT = Pattern.compile("/([^/]+\\.(?:service|scope))(?=/|$)");

    private Placements() {}

    /**
     * Parses the file.
     *
     * @param text all of it: lines of the form {@code hierarchy:controllers:path}
     * @return empty if it has no line
     */
    static Optional<Placement> parse(String text) {
        return text.lines()
                .map(line -> line.split(":", 3))
                .filter(parts -> parts.length == 3 && parts[2].startsWith("/"))
                .map(parts -> parts[2])
                .max(Comparator.<String>comparingInt(path -> container(path).isPresent() ? 1 : 0)
                        .thenComparingInt(String::length))
                .map(path -> new Placement(path, unit(path), container(path)));
    }

    private static Optional<Container> container(String path) {
        for (Naming naming : NAMINGS) {
            Matcher matcher = naming.pattern().matcher(path);
            if (matcher.find()) {
                return Optional.of(new Container(naming.engine(), matcher.group(1), pod(path)));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> pod(String path) {
        Matcher matcher = POD.matcher(path);
        return matcher.find() ? Optional.of(matcher.group(1).replace('_', '-')) : Optional.empty();
    }

    /** The innermost unit. */
    private static Optional<String> unit(String path) {
        return UNIT.matcher(path).results().map(match -> match.group(1)).reduce((outer, inner) -> inner);
    }
}
