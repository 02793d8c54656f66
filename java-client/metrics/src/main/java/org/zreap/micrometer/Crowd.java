// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import io.micrometer.core.instrument.Tags;

/**
 * The zombies of parents with the same command and container.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param parent the command of the parent
 * @param container the container of the parent
 */
record Crowd(String parent, String container) {

    /** All zombies that have no crowd of their own. */
    static final Crowd OTHER = new Crowd("other", "other");

    static final String UNKNOWN = "unknown";
    static final String NO_CONTAINER = "none";

    Tags tags() {
        return Tags.of("parent", parent, "container", container);
    }
}
