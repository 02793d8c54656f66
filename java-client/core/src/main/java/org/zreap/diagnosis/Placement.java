// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.Optional;

/**
 * Where a process belongs.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param cgroup the path of its cgroup, the one that says most where there are several hierarchies
 * @param unit the systemd unit
 * @param container the container
 */
public record Placement(String cgroup, Optional<String> unit, Optional<Container> container) {}
