// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Map;
import java.util.Optional;

/** Explains a sleep by the name of its kernel function. Stateless. */
final class Sleeps {

    private static final Map<String, String> MEANINGS = Map.of(
            "nfs", "an NFS server",
            "rpc_wait", "an RPC server, as that of NFS",
            "cifs", "an SMB server",
            "smb", "an SMB server",
            "ceph", "a Ceph cluster",
            "fuse", "the process that serves a FUSE file system",
            "jbd2", "the journal of an ext4 file system, so its disk",
            "io_schedule", "a disk",
            "percpu_rwsem", "a lock, such as that of a file system that fsfreeze holds",
            "folio_wait", "a page that is read from a disk or a server");

    private Sleeps() {}

    /** The event that a thread in this function waits for. */
    static Optional<String> meaning(Optional<String> wchan) {
        return wchan.flatMap(name -> MEANINGS.entrySet().stream()
                .filter(entry -> name.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .findFirst());
    }

    /** The same in brackets, or nothing. */
    static String hint(Optional<String> wchan) {
        return meaning(wchan).map(what -> " (by its name: " + what + ")").orElse("");
    }
}
