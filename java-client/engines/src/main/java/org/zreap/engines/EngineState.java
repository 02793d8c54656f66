// SPDX-License-Identifier: Apache-2.0
package org.zreap.engines;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.zreap.diagnosis.Container;

/**
 * Names containers out of the files that their engines keep on the host: Docker, containerd,
 * CRI-O, and Podman as root. It only reads files, never asks an engine, and writes nothing. It
 * reads at most 8 MiB of a file, and looks at most at 100 namespaces of containerd.
 *
 * <p>It remembers for five minutes what it has found of a container, and of up to 1000 containers. So
 * it may not see for that long that a container has got another name.
 *
 * <p>Thread-safe.
 */
public final class EngineState {

    private static final int MAX_REMEMBERED = 1000;
    private static final long MEMORY_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int MAX_NAMESPACES = 100;

    /** The names that containerd takes; no other may become a part of a path. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*");

    private static final String CONTAINERD_TASKS = "containerd/io.containerd.runtime.v2.task";
    private static final String STORAGE = "var/lib/containers/storage/overlay-containers";
    private static final String ANNOTATIONS = "/annotations";
    private static final String LABELS = "/Config/Labels";
    private static final String CRI = "io.kubernetes.cri.";
    private static final String POD_NAME = "io.kubernetes.pod.name";
    private static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";
    private static final String CONTAINER_NAME = "io.kubernetes.container.name";

    private final Optional<Path> root;
    private final LongSupplier nanoTime;

    /** Those that were found first come first. It guards itself. */
    private final Map<String, Found> remembered = new LinkedHashMap<>();

    private record Found(ContainerNames names, long nanos) {}

    private EngineState(Optional<Path> root, LongSupplier nanoTime) {
        this.root = root;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads below a folder.
     *
     * @param root the root folder of the host, such as {@code /}
     * @return the state
     */
    public static EngineState below(Path root) {
        return below(root, System::nanoTime);
    }

    static EngineState below(Path root, LongSupplier nanoTime) {
        return new EngineState(Optional.of(root), nanoTime);
    }

    /**
     * Reads nothing, as of a machine whose files are not here.
     *
     * @return the state, which names nothing
     */
    public static EngineState none() {
        return new EngineState(Optional.empty(), System::nanoTime);
    }

    /**
     * The names of a container.
     *
     * @param container the container, whose ID counts
     * @return the names; none of them if no engine here has such a container, or this process may
     *     not read the engine's files
     */
    public ContainerNames names(Container container) {
        String id = container.id();
        if (root.isEmpty() || !ID.matcher(id).matches()) {
            return ContainerNames.NONE;
        }
        return remembered(id).orElseGet(() -> {
            ContainerNames names = find(root.get(), id);
            remember(id, names);
            return names;
        });
    }

    private Optional<ContainerNames> remembered(String id) {
        synchronized (remembered) {
            return Optional.ofNullable(remembered.get(id))
                    .filter(found -> nanoTime.getAsLong() - found.nanos() < MEMORY_NANOS)
                    .map(Found::names);
        }
    }

    private void remember(String id, ContainerNames names) {
        synchronized (remembered) {
            remembered.remove(id);
            remembered.put(id, new Found(names, nanoTime.getAsLong()));
            if (remembered.size() > MAX_REMEMBERED) {
                Iterator<String> first = remembered.keySet().iterator();
                first.next();
                first.remove();
            }
        }
    }

    private static ContainerNames find(Path root, String id) {
        return Stream.<Function<String, Optional<ContainerNames>>>of(
                        one -> docker(root, one),
                        one -> containerd(root, one),
                        one -> crio(root, one),
                        one -> podman(root, one))
                .map(engine -> engine.apply(id))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(ContainerNames.NONE);
    }

    /** In a pod Docker's own name is one that cri-dockerd has made of all others. */
    private static Optional<ContainerNames> docker(Path root, String id) {
        JsonTexts config = JsonTexts.of(root.resolve("var/lib/docker/containers/" + id + "/config.v2.json"));
        return found(new ContainerNames(
                config.member(LABELS, CONTAINER_NAME)
                        .or(() -> config.at("/Name").map(name -> name.startsWith("/") ? name.substring(1) : name)),
                config.at("/Config/Image"),
                config.member(LABELS, POD_NAME),
                config.member(LABELS, POD_NAMESPACE)));
    }

    private static Optional<ContainerNames> containerd(Path root, String id) {
        return Stream.of("run/", "run/k3s/")
                .map(parent -> root.resolve(parent + CONTAINERD_TASKS))
                .flatMap(EngineState::folders)
                .map(namespace -> JsonTexts.of(namespace.resolve(id).resolve("config.json")))
                .map(spec -> new ContainerNames(
                        spec.member(ANNOTATIONS, CRI + "container-name")
                                .or(() -> spec.member(ANNOTATIONS, "nerdctl/name")),
                        spec.member(ANNOTATIONS, CRI + "image-name"),
                        spec.member(ANNOTATIONS, CRI + "sandbox-name"),
                        spec.member(ANNOTATIONS, CRI + "sandbox-namespace")))
                .map(EngineState::found)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<ContainerNames> crio(Path root, String id) {
        JsonTexts spec =
                JsonTexts.of(root.resolve("run/containers/storage/overlay-containers/" + id + "/userdata/config.json"));
        return found(new ContainerNames(
                spec.member(ANNOTATIONS, CONTAINER_NAME),
                spec.member(ANNOTATIONS, "io.kubernetes.cri-o.ImageName"),
                spec.member(ANNOTATIONS, POD_NAME),
                spec.member(ANNOTATIONS, POD_NAMESPACE)));
    }

    /** Containers of {@code podman run --rm} stand in the second file. */
    private static Optional<ContainerNames> podman(Path root, String id) {
        return Stream.of("containers.json", "volatile-containers.json")
                .map(file -> JsonTexts.of(root.resolve(STORAGE).resolve(file)))
                .map(list -> podman(list, id))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<ContainerNames> podman(JsonTexts list, String id) {
        Optional<String> entry = list.pointerTo("id", id);
        JsonTexts metadata =
                JsonTexts.of(entry.flatMap(at -> list.at(at + "/metadata")).orElse(""));
        return found(new ContainerNames(
                entry.flatMap(at -> list.at(at + "/names/0")),
                metadata.at("/image-name"),
                Optional.empty(),
                Optional.empty()));
    }

    private static Optional<ContainerNames> found(ContainerNames names) {
        return names.equals(ContainerNames.NONE) ? Optional.empty() : Optional.of(names);
    }

    private static Stream<Path> folders(Path parent) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
            for (Path entry : entries) {
                if (folders.size() == MAX_NAMESPACES) {
                    break;
                }
                folders.add(entry);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return folders.stream(); // no containerd, or no access
        }
        return folders.stream().sorted();
    }
}
