// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.transport;

import java.nio.file.Path;
import java.util.List;
import org.zreap.ResultEvent;
import org.zreap.internal.sys.Descriptor;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;
import org.zreap.internal.wire.EventDecoder;
import org.zreap.internal.wire.MalformedAnswerException;
import org.zreap.internal.wire.Table;

/**
 * The last results, whatever door they were asked for at: the module's file {@code /proc/zreap_recent}.
 *
 * <p>Immutable and so thread-safe.
 */
public final class RecentFile {

    private final Sys sys;
    private final Path path;
    private final Failures failures;

    /**
     * Uses this file.
     *
     * @param sys the system calls
     * @param path the module's file
     */
    public RecentFile(Sys sys, Path path) {
        this.sys = sys;
        this.path = path;
        this.failures = Failures.of(path);
    }

    /**
     * Reads it.
     *
     * @return the results, the oldest first
     * @throws org.zreap.ZreapException if it cannot be read
     */
    public List<ResultEvent> read() {
        try (Descriptor file = new Descriptor(sys, sys.openForReading(path.toString()))) {
            return Table.parse(file.readAll()).rows().stream()
                    .map(EventDecoder::decode)
                    .toList();
        } catch (ErrnoException e) {
            throw failures.of(e, List.of());
        } catch (MalformedAnswerException e) {
            throw failures.garbled(e.problem(), List.of());
        }
    }
}
