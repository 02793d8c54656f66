// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.nio.file.Files;
import java.nio.file.Path;

/** Says whether the kernel module is loaded. Stateless. */
public final class LoadedModule {

    private LoadedModule() {}

    /**
     * Whether the kernel lists the module as live.
     *
     * @param root where the machine's files are, {@code /} but for tests
     */
    public static boolean isThere(Path root) {
        return Files.exists(root.resolve("sys/module/zreap/refcnt"));
    }
}
