// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Placement;
import org.zreap.engines.ContainerNames;
import org.zreap.internal.meters.Crowd;
import org.zreap.serve.records.Entries;

/**
 * A container with its names, each as the value of a label.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param container its ID
 * @param name its name
 * @param pod the name of its pod
 * @param podNamespace the namespace of its pod
 */
record NamedContainer(String container, String name, String pod, String podNamespace) {

    /** The container of a parent, if its engine tells any name of it. */
    static Optional<NamedContainer> of(Entries.Parent parent) {
        ContainerNames names = parent.names();
        return parent.placement()
                .flatMap(Placement::container)
                .map(Container::id)
                .filter(id -> !names.equals(ContainerNames.NONE))
                .map(id -> new NamedContainer(
                        Crowd.label(Optional.of(id)),
                        Crowd.label(names.name()),
                        Crowd.label(names.pod()),
                        Crowd.label(names.podNamespace())));
    }

    List<Function<MeterRegistry, ? extends Meter>> meters() {
        return List.of(Gauge.builder("zreap.container.info", () -> 1)
                .description("The names of a container that the label container of other metrics has; always 1")
                .strongReference(true)
                .tag("container", container)
                .tag("container.name", name)
                .tag("pod.name", pod)
                .tag("pod.namespace", podNamespace)::register);
    }
}
