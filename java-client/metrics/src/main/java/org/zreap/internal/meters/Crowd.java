// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.meters;

import io.micrometer.core.instrument.Tags;
import java.util.Optional;
import org.zreap.CommandName;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Placement;

/**
 * The zombies of parents with the same command, systemd unit and container.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param parent the command of the parent
 * @param unit the systemd unit of the parent
 * @param container the container of the parent
 */
public record Crowd(String parent, String unit, String container) {

    /** All zombies that have no crowd of their own. */
    public static final Crowd OTHER = new Crowd("other", "other", "other");

    private static final String UNKNOWN = "unknown";
    private static final String NONE = "none";

    /** The crowd of a parent. A process that may create a cgroup may give it any name. */
    public static Crowd of(Optional<CommandName> parent, Optional<Placement> place) {
        return new Crowd(
                parent.map(CommandName::toString)
                        .filter(name -> !name.isBlank())
                        .orElse(UNKNOWN),
                place.map(one -> label(one.unit())).orElse(UNKNOWN),
                place.map(one -> label(one.container().map(Container::id))).orElse(UNKNOWN));
    }

    /** A name as the value of a label. */
    public static String label(Optional<String> name) {
        return name.map(CommandName::of).map(CommandName::toString).orElse(NONE);
    }

    Tags tags() {
        return Tags.of("parent", parent, "unit", unit, "container", container);
    }
}
