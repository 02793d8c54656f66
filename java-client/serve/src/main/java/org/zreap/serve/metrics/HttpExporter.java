// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.metrics;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpsConfigurator;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.concurrent.ThreadPoolExecutor;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.zreap.serve.http.HttpServers;
import org.zreap.serve.policy.Metrics;

/**
 * Lets Prometheus scrape by HTTP. It has all its threads from the start, so it answers where no
 * thread can be started any more.
 *
 * <p>Thread-safe.
 */
final class HttpExporter implements AutoCloseable {

    private final ThreadPoolExecutor threads;
    private final HTTPServer server;
    private final String url;

    private HttpExporter(ThreadPoolExecutor threads, HTTPServer server, String url) {
        this.threads = threads;
        this.server = server;
        this.url = url;
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the address cannot be had, or a file cannot be read
     * @throws GeneralSecurityException if the keystore cannot be used
     */
    static HttpExporter open(Metrics.Http settings, PrometheusRegistry registry)
            throws IOException, GeneralSecurityException {
        InetSocketAddress address = settings.address();
        HTTPServer.Builder builder = HTTPServer.builder()
                .inetAddress(address.getAddress())
                .port(address.getPort())
                .registry(registry);
        if (settings.tls().isPresent()) {
            builder.httpsConfigurator(new HttpsConfigurator(tls(settings.tls().get())));
        }
        if (settings.basicAuth().isPresent()) {
            builder.authenticator(authenticator(settings.basicAuth().get()));
        }
        ThreadPoolExecutor threads = HttpServers.threads("metrics");
        try {
            HTTPServer server = builder.executorService(threads).buildAndStart();
            return new HttpExporter(threads, server, url(settings, server.getPort()));
        } catch (IOException | RuntimeException e) {
            threads.shutdownNow();
            throw e;
        }
    }

    /** Where the metrics are if the server has this port. */
    static String url(Metrics.Http settings, int port) {
        return (settings.tls().isPresent() ? "https" : "http") + "://"
                + HttpServers.host(settings.address().getAddress()) + ":" + port + "/metrics";
    }

    private static SSLContext tls(Metrics.Tls settings) throws IOException, GeneralSecurityException {
        char[] password = firstLine(settings.passwordFile()).toCharArray();
        KeyStore keys = KeyStore.getInstance(settings.keystore().toFile(), password);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static Authenticator authenticator(Metrics.BasicAuth settings) throws IOException {
        byte[] wanted = bytes(settings.user() + ":" + firstLine(settings.passwordFile()));
        return new BasicAuthenticator("zreap", StandardCharsets.UTF_8) {
            @Override
            public boolean checkCredentials(String user, String password) {
                return MessageDigest.isEqual(wanted, bytes(user + ":" + password));
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String firstLine(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String line = lines.readLine();
            if (line == null || line.isEmpty()) {
                throw new IOException(file + " has no password in its first line");
            }
            return line;
        }
    }

    /** Where the metrics are. */
    String url() {
        return url;
    }

    @Override
    public void close() {
        server.close();
        threads.shutdownNow();
    }
}
