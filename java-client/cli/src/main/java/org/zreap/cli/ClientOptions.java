// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.nio.file.Path;
import org.zreap.Transport;
import org.zreap.ZombieScanner;
import org.zreap.Zreap;
import picocli.CommandLine.Option;

/** How the command reaches the module. */
final class ClientOptions {

    @Option(
            names = "--transport",
            paramLabel = "WAY",
            defaultValue = "procfs",
            description = "procfs: /proc/zreap (default); netlink: the generic netlink family zreap.")
    private Transport transport;

    @Option(
            names = "--proc",
            paramLabel = "PATH",
            defaultValue = "/proc",
            description = "Where procfs is mounted, if not at /proc.")
    private Path proc;

    /** A client that goes this way. */
    Zreap open() {
        return Zreap.builder().transport(transport).procRoot(proc).open();
    }

    /** A scanner of the same processes. */
    ZombieScanner scanner() {
        return ZombieScanner.of(proc);
    }
}
