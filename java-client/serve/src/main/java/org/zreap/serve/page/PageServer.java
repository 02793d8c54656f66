// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zreap.internal.proc.ProcFs;
import org.zreap.serve.http.HttpServers;
import org.zreap.serve.policy.StatusPage;

/**
 * Serves the status page by HTTP: one path, GET and HEAD, for hosts that the policy names. It starts
 * its threads at once, so it needs none when PIDs run out.
 *
 * <p>Thread-safe.
 */
final class PageServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int LONGEST_PATH = 256;

    /** A name or an address, and perhaps a port. A tunnel has a port of its own. */
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?");

    private static final String SECURITY_POLICY = "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(sha256(StatusHtml.STYLE))
            + "'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Board board;
    private final Set<String> hosts;
    private final String machine;

    private PageServer(HttpServer server, StatusPage settings, Board board) {
        this.server = server;
        this.board = board;
        this.hosts = hosts(settings);
        this.machine = ProcFs.textOf(HOST_NAME).map(String::strip).orElse("this machine");
        this.threads = HttpServers.threads("zreap-page");
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Serves the page from now on.
     *
     * @throws IOException if the address is not of this machine or is in use
     */
    static PageServer open(StatusPage settings, Board board) throws IOException {
        HttpServers.setBounds();
        return new PageServer(HttpServer.create(settings.address(), HttpServers.WAITING), settings, board);
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    private static Set<String> hosts(StatusPage settings) {
        Set<String> hosts = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
        hosts.add(HttpServers.host(settings.address().getAddress()));
        settings.hosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        return Set.copyOf(hosts);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange);
        } catch (RuntimeException e) {
            LOG.warn("the status page failed", e);
            throw e;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String path = uri.toString();
        if (hasBody(exchange.getRequestHeaders())) {
            refuse(exchange, 413, "This page takes no body.");
        } else if (path.length() > LONGEST_PATH) {
            refuse(exchange, 414, "This path is too long.");
        } else if (!isMeant(exchange.getRequestHeaders())) {
            refuse(
                    exchange,
                    421,
                    "This page is not served under this name. Ask for localhost, or let the policy name it"
                            + " (status-page: hosts).");
        } else if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            refuse(exchange, 405, "This page can only be read.");
        } else if (!path.equals("/")) {
            refuse(exchange, 404, "There is only the page /.");
        } else {
            send(exchange, 200, "text/html", StatusHtml.of(machine, board.snapshot(), Instant.now()));
        }
    }

    private static boolean hasBody(Headers headers) {
        String length = headers.getFirst("Content-Length");
        return headers.containsKey("Transfer-Encoding") || (length != null && !length.equals("0"));
    }

    /** Else a page from elsewhere could read this one, by a name of its own for this address. */
    private boolean isMeant(Headers headers) {
        List<String> named = headers.getOrDefault("Host", List.of());
        if (named.size() != 1) {
            return false;
        }
        Matcher host = HOST.matcher(named.get(0));
        return host.matches() && hosts.contains(host.group(1).toLowerCase(Locale.ROOT));
    }

    private static void refuse(HttpExchange exchange, int code, String why) throws IOException {
        exchange.getResponseHeaders().set("Connection", "close");
        send(exchange, code, "text/plain", why + "\n");
    }

    private static void send(HttpExchange exchange, int code, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("Content-Security-Policy", SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(code, -1);
            return;
        }
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
