// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.transport;

import java.nio.file.Path;
import java.util.List;
import org.zreap.event.ResultEvent;
import org.zreap.internal.SystemFiles;
import org.zreap.internal.sys.Sys;
import org.zreap.internal.wire.EventDecoder;

/**
 * The last results of all transports: the module's file {@code /proc/zreap_recent}.
 *
 * <p>Immutable and so thread-safe.
 */
public final class RecentFile {

    private final ModuleFile file;

    /**
     * Uses this file.
     *
     * @param sys the system calls
     * @param path the module's file
     * @param files the machine's files, for what a failure says
     */
    public RecentFile(Sys sys, Path path, SystemFiles files) {
        this.file = new ModuleFile(sys, path, files);
    }

    /**
     * Reads it.
     *
     * @return the results, the oldest first
     * @throws org.zreap.ZreapException if it cannot be read
     */
    public List<ResultEvent> read() {
        return file.read(open -> ModuleFile.rows(open, EventDecoder::decode));
    }
}
