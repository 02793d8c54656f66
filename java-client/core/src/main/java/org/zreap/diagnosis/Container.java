// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.Optional;

/**
 * The container that a process runs in, as far as the names of its cgroups tell.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param engine what runs it
 * @param id its ID, or its name where the engine uses names
 * @param podUid the UID of its Kubernetes pod
 */
public record Container(Engine engine, String id, Optional<String> podUid) {

    /** What runs a container. */
    public enum Engine {
        /** Docker. */
        DOCKER,
        /** containerd through its CRI plugin. */
        CONTAINERD,
        /** CRI-O. */
        CRI_O,
        /** Podman. */
        PODMAN,
        /** LXC or Incus. */
        LXC,
        /** Kubernetes names it, and not the engine below. */
        KUBERNETES
    }
}
