// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * Where a process belongs, as far as the names of its cgroups tell. A process that may create a
 * cgroup may give it any name.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param cgroup the path of its cgroup; with several hierarchies, the path that says most
 * @param unit the innermost systemd unit
 * @param containers the containers that it is in, the innermost first
 */
public record Placement(String cgroup, Optional<String> unit, List<Container> containers) {

    /**
     * Copies the list.
     *
     * @param cgroup the path of its cgroup
     * @param unit the innermost systemd unit
     * @param containers the containers that it is in
     */
    public Placement {
        containers = List.copyOf(containers);
    }

    /**
     * The innermost container.
     *
     * @return empty if it is in none
     */
    public Optional<Container> container() {
        return containers.stream().findFirst();
    }
}
