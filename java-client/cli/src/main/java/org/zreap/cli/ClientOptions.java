// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import org.zreap.Transport;
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

    /** A client that goes this way. */
    Zreap open() {
        return Zreap.open(transport);
    }
}
