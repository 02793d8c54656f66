// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where the service serves its status page.
 *
 * @param address the address and the port
 * @param hosts the names that a request may ask for, besides localhost and the address itself
 */
public record StatusPage(InetSocketAddress address, List<String> hosts) {

    static final String DEFAULT_ADDRESS = "127.0.0.1:9890";

    /** What a section without keys means. */
    static final StatusPage DEFAULT =
            new StatusPage(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9890), List.of());

    /** Copies the list. */
    public StatusPage {
        hosts = List.copyOf(hosts);
    }
}
