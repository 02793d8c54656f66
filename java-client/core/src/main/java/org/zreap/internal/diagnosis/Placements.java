// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Container.Engine;
import org.zreap.diagnosis.Placement;
import org.zreap.internal.proc.ProcCgroup;

/** Reads names of containers, pods and units out of the paths of cgroups. Stateless. */
public final class Placements {

    private static final String ID = "([0-9a-f]{64})";
    private static final String UUID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";
    private static final String END = "(?=/|$)";

    private record Naming(Pattern pattern, Engine engine) {}

    private record Found(Container container, MatchResult match) {}

    /**
     * The names that engines give to the cgroup of a container, with systemd and without. If two
     * patterns match, the first is right.
     */
    private static final List<Naming> NAMINGS = List.of(
            naming(Engine.ECS, "/ecstasks-[0-9a-f-]+\\.slice/docker-" + ID + "\\.scope"),
            naming(Engine.ECS, "/ecs/(?:[^/]+/)*?([0-9a-f]{64}|[0-9a-f]{32}-[0-9]+)"),
            naming(Engine.BUILDKIT, "(?:/docker)?/buildkit/([0-9a-z]{25})"),
            naming(Engine.CONTAINERD, "[/:]cri-containerd[-:]" + ID + "(?:\\.scope)?"),
            naming(Engine.CONTAINERD, "/nerdctl-" + ID + "\\.scope"),
            naming(Engine.CRI_O, "/crio-" + ID + "(?:\\.scope)?"),
            naming(Engine.PODMAN, "/libpod-(?:payload-)?" + ID + "(?:\\.scope)?"),
            naming(Engine.GITHUB_ACTIONS, "/actions_job/" + ID),
            naming(Engine.DOCKER, "/docker-" + ID + "\\.scope"),
            naming(Engine.DOCKER, "/docker/" + ID),
            naming(Engine.KUBERNETES, "/kubepods[^:]*?/" + ID),
            naming(Engine.PROXMOX, "/lxc/([1-9][0-9]+)(?=/ns(?:/|$))"),
            naming(Engine.LXC, "/lxc(?:\\.payload\\.|/)([^/]+)"),
            naming(Engine.NSPAWN, "/systemd-nspawn@([^/]+)\\.service/payload"),
            naming(Engine.NSPAWN, "/machine-([^/]+)\\.scope/payload"),
            naming(Engine.GARDEN, "/garden/(?:good/|bad/)?([0-9a-z-]{20,})"),
            naming(Engine.NOMAD, "/nomad\\.slice/(?:[a-z]+\\.slice/)?(" + UUID + "\\.[^/]+)\\.scope"),
            naming(Engine.NOMAD, "/nomad/(" + UUID + "[^/]*)"),
            naming(Engine.MESOS, "/mesos/(" + UUID + ")"),
            naming(Engine.CONTAINERD, "/default/([^/]+)"),
            naming(Engine.UNKNOWN, "/" + ID)); // a parent cgroup of the user's own choice

    private static final Pattern POD =
            Pattern.compile("pod([0-9a-f]{8}[-_](?:[0-9a-f]{4}[-_]){3}[0-9a-f]{12}|[0-9a-f]{32})");

    private static final Pattern UNIT = Pattern.compile("/([^/]+\\.(?:service|scope))(?=/|$)");

    private Placements() {}

    /**
     * Where a process is.
     *
     * @param cgroups its cgroups
     * @return empty if it has none
     */
    public static Optional<Placement> of(List<ProcCgroup> cgroups) {
        return cgroups.stream()
                .map(ProcCgroup::path)
                .max(Comparator.<String>comparingInt(path -> containers(path).size())
                        .thenComparingInt(String::length))
                .map(path -> new Placement(path, unit(path), containers(path)));
    }

    private static Naming naming(Engine engine, String pattern) {
        return new Naming(Pattern.compile(pattern + END), engine);
    }

    /** The innermost first. */
    private static List<Container> containers(String path) {
        List<Found> found = new ArrayList<>();
        for (Naming naming : NAMINGS) {
            Matcher matcher = naming.pattern().matcher(path);
            while (matcher.find()) {
                MatchResult match = matcher.toMatchResult();
                if (found.stream().noneMatch(other -> overlap(other.match(), match))) {
                    found.add(new Found(
                            new Container(naming.engine(), match.group(1), pod(path.substring(0, match.end()))),
                            match));
                }
            }
        }
        return found.stream()
                .sorted(Comparator.comparingInt((Found one) -> one.match().start())
                        .reversed())
                .map(Found::container)
                .toList();
    }

    private static boolean overlap(MatchResult one, MatchResult other) {
        return one.start() < other.end() && other.start() < one.end();
    }

    private static Optional<String> pod(String path) {
        return last(POD, path).map(uid -> uid.replace('_', '-'));
    }

    private static Optional<String> unit(String path) {
        return last(UNIT, path);
    }

    private static Optional<String> last(Pattern pattern, String path) {
        return pattern.matcher(path).results().map(match -> match.group(1)).reduce((outer, inner) -> inner);
    }
}
