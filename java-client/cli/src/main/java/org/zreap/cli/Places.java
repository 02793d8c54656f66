// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.CommandName;
import org.zreap.Zombie;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.diagnosis.Placement;
import org.zreap.engines.ContainerNames;
import org.zreap.engines.EngineState;
import org.zreap.json.JsonFields;

/**
 * Tells the container of processes, and what its engine calls it.
 *
 * @param diagnoser tells the container
 * @param engines tells its names
 */
record Places(Diagnoser diagnoser, EngineState engines) {

    /** The columns of {@link #cells}. */
    static final List<String> HEADER = List.of("CONTAINER", "CONTAINER-NAME", "IMAGE", "POD");

    /** The column of the PID inside the container. */
    static final String INNER = "INNER";

    /** The innermost container of a zombie. */
    Optional<Container> container(Zombie zombie) {
        return diagnoser.placement(zombie).flatMap(Placement::container);
    }

    /** The innermost container of a process. */
    Optional<Container> container(long pid) {
        return diagnoser.placement(pid).flatMap(Placement::container);
    }

    /** The PID that a living process has inside its own PID namespace, if that is another one. */
    OptionalLong innerPid(long pid) {
        return diagnoser.innerPid(pid);
    }

    /** A container in a table. */
    List<String> cells(Optional<Container> container) {
        ContainerNames names = container.map(engines::names).orElse(ContainerNames.NONE);
        Optional<String> podUid = container.flatMap(Container::podUid);
        return List.of(
                Cells.of(container.map(Places::shortId)),
                Cells.of(names.name().map(CommandName::of)),
                Cells.of(names.image().map(CommandName::of)),
                Cells.of(pod(names).or(() -> podUid).map(CommandName::of)));
    }

    /** A container in an object of JSON, by its ID in a field of this name. */
    void write(JsonFields fields, String name, Optional<Container> container) throws IOException {
        fields.text(name, container.map(Container::id));
        if (container.isPresent()) {
            writeNames(fields, container.get(), "containerName");
        }
    }

    /** What the engine calls a container, its name in a field of this name. */
    void writeNames(JsonFields fields, Container container, String name) throws IOException {
        ContainerNames names = engines.names(container);
        fields.text(name, names.name().map(CommandName::of));
        fields.text("image", names.image().map(CommandName::of));
        fields.text("podName", names.pod().map(CommandName::of));
        fields.text("podNamespace", names.podNamespace().map(CommandName::of));
    }

    /** A container in few words: its engine, and its name or else the first characters of its ID. */
    String brief(Container container) {
        return container.engine().label() + " "
                + engines.names(container)
                        .name()
                        .map(name -> CommandName.of(name).toString())
                        .orElseGet(() -> shortId(container));
    }

    /** A container in a sentence. */
    String describe(Container container) {
        ContainerNames names = engines.names(container);
        String called = names.name().map(name -> " (" + name + ")").orElse("");
        String image = names.image().map(name -> ", image " + name).orElse("");
        String pod = pod(names)
                .map(name -> ", pod " + name
                        + container.podUid().map(uid -> " (" + uid + ")").orElse(""))
                .or(() -> container.podUid().map(uid -> ", pod " + uid))
                .orElse("");
        return "container " + container.id() + called + " of "
                + container.engine().label() + image + pod;
    }

    /** The first characters of an ID, as container tools show it. */
    private static String shortId(Container container) {
        return CommandName.of(container.shortId()).toString();
    }

    /** A pod as namespace and name. */
    private static Optional<String> pod(ContainerNames names) {
        return names.pod()
                .map(name -> names.podNamespace().map(space -> space + "/").orElse("") + name);
    }
}
