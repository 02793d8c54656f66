// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the service publishes its metrics.
 *
 * @param http where Prometheus may scrape them
 * @param textfile the file for node_exporter's textfile collector
 * @param jmx whether they are MBeans of this JVM
 */
public record Metrics(Optional<Http> http, Optional<Path> textfile, boolean jmx) {

    /**
     * An HTTP server.
     *
     * @param address where it listens; port 0 stands for a free one
     * @param tls how it encrypts; empty for plain HTTP
     * @param basicAuth who may scrape; empty for everybody
     */
    public record Http(InetSocketAddress address, Optional<Tls> tls, Optional<BasicAuth> basicAuth) {

        /** Whether it reads files besides the policy, which may change while the policy does not. */
        public boolean hasFiles() {
            return tls.isPresent() || basicAuth.isPresent();
        }
    }

    /**
     * The key and the certificate of the server.
     *
     * @param keystore a file of the type PKCS #12
     * @param passwordFile the file whose first line is the password of the keystore
     */
    public record Tls(Path keystore, Path passwordFile) {}

    /**
     * Who may scrape.
     *
     * @param user the name
     * @param passwordFile the file whose first line is the password
     */
    public record BasicAuth(String user, Path passwordFile) {}
}
