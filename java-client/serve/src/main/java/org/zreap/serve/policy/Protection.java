// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.util.List;

/**
 * The parents that no rule touches.
 *
 * @param commands by their command name
 * @param units by their systemd unit
 * @param users by the name or number of their user
 */
public record Protection(List<Glob> commands, List<Glob> units, List<Glob> users) {

    static final Protection NONE = new Protection(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Protection {
        commands = List.copyOf(commands);
        units = List.copyOf(units);
        users = List.copyOf(users);
    }
}
