// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the service has its files.
 *
 * @param policy its policy; if empty, {@link org.zreap.serve.policy.PolicyFile#DEFAULT} if that is
 *     there, else the built-in policy
 * @param record its record; {@code -} is standard output
 * @param state the folder for its lock and for its progress, which it needs after a crash
 * @param module the folder of the kernel module in sysfs, where its version and its counters are
 */
public record Settings(Optional<Path> policy, Path record, Path state, Path module) {

    /** The folder for the lock and the progress, unless it is told otherwise. */
    public static final Path DEFAULT_STATE = Path.of("/var/lib/zreap");
}
