// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.CommandName;
import org.zreap.ProcessIdentity;

/**
 * A process above a zombie.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param identity which process
 * @param name its short name
 * @param commandLine its arguments, each safe to print as a {@link CommandName} is; empty for a
 *     kernel thread
 * @param uid its real user ID
 * @param user the name of its effective user, if it has one here
 */
public record Ancestor(
        ProcessIdentity identity,
        CommandName name,
        List<CommandName> commandLine,
        OptionalLong uid,
        Optional<String> user) {

    /**
     * Copies the list.
     *
     * @param identity which process
     * @param name its short name
     * @param commandLine its arguments
     * @param uid its real user ID
     * @param user the name of its effective user
     */
    public Ancestor {
        commandLine = List.copyOf(commandLine);
    }
}
