// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.serve.policy.Policy;
import org.zreap.serve.policy.StatusPage;
import org.zreap.serve.records.Entries;

/** How the status page answers requests, the hostile ones too. */
@Timeout(120)
class PageServerTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final List<Object> record = new ArrayList<>();
    private final PageHost host = new PageHost(record::add, new PrintStream(log, true, StandardCharsets.UTF_8));

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void servesThePage() throws Exception {
        open();
        host.looked(() -> Boards.look(Policy.builtIn(), 5, List.of(), 100));
        String page = ask(GET);

        assertTrue(page.startsWith("HTTP/1.1 200 "), page);
        assertTrue(page.contains("<h2 id=\"parents-heading\">Parents</h2>"), page);
        assertTrue(page.contains("\r\nContent-type: text/html; charset=utf-8\r\n"), page);
        assertTrue(page.contains("\r\nCache-control: no-store\r\n"), page);
        assertTrue(page.contains("\r\nX-content-type-options: nosniff\r\n"), page);

        String style = page.substring(page.indexOf("<style>") + "<style>".length(), page.indexOf("</style>"));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        assertTrue(
                page.contains("\r\nContent-security-policy: default-src 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(hash) + "'; "),
                "the browser takes the style, and nothing else");
    }

    @Test
    void answersHeadWithoutAPage() throws Exception {
        open();
        String answer = ask(GET.replace("GET", "HEAD"));
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.matches("(?s).*\r\nContent-length: [1-9][0-9]+\r\n.*"), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, localhost, 200",
        "GET, LOCALHOST:8080, 200",
        "GET, 127.0.0.1:9890, 200",
        "GET, '[::1]:9890', 200",
        "GET, node-7.example, 200",
        "GET, evil.example, 421",
        "GET, localhost.evil.example, 421",
        "GET, 127.0.0.1.evil.example, 421",
        "GET, 'localhost:80@evil.example', 421",
        "GET, 'localhost\r\nHost: evil.example', 421",
        "GET, '', 421",
        "POST, localhost, 405",
        "PUT, localhost, 405",
        "DELETE, localhost, 405",
        "OPTIONS, localhost, 405",
        "TRACE, localhost, 405",
        "CONNECT, localhost, 405",
        "FOO, localhost, 405",
    })
    void takesOnlyReadsForItsOwnNames(String method, String name, String code) throws Exception {
        open("node-7.example");
        String answer = ask(method + " / HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 " + code + " "), answer);
        assertEquals(code.equals("200"), answer.contains("<h1>"), answer);
    }

    @Test
    void takesNoRequestWithoutAHost() throws Exception {
        open();
        assertTrue(ask("GET / HTTP/1.0\r\n\r\n").startsWith("HTTP/1.1 421 "));
    }

    @ParameterizedTest
    @CsvSource({"/favicon.ico, 404", "/index.html, 404", "/../etc/passwd, 404", "/?x=<script>, 400"})
    void hasOnePath(String path, String code) throws Exception {
        open();
        String answer = ask(GET.replace("GET / ", "GET " + path + " "));
        assertTrue(answer.startsWith("HTTP/1.1 " + code + " "), answer);
        assertFalse(answer.contains("<script>"), answer);
    }

    @Test
    void boundsRequests() throws Exception {
        open();
        String longPath = ask(GET.replace("GET / ", "GET /" + "x".repeat(1000) + " "));
        assertTrue(longPath.startsWith("HTTP/1.1 414 "), longPath);
        String body = ask("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n");
        assertTrue(body.startsWith("HTTP/1.1 413 "), body);
        String chunked = ask("GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertTrue(chunked.startsWith("HTTP/1.1 413 "), chunked);
        String many = ask(GET.replace("Host:", "X: y\r\n".repeat(2000) + "Host:"));
        assertFalse(many.startsWith("HTTP/1.1 200 "), many);
        String huge = ask(GET.replace("Host:", "X: " + "y".repeat(1 << 20) + "\r\nHost:"));
        assertFalse(huge.startsWith("HTTP/1.1 200 "), huge.substring(0, Math.min(100, huge.length())));
        assertTrue(ask(GET).startsWith("HTTP/1.1 200 "), "it still serves");
    }

    /** Requests that never end hold up others for some seconds at most. */
    @Test
    void endsSlowRequests() throws Exception {
        open();
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Socket socket = new Socket();
            slow.add(socket);
            socket.connect(host.server().orElseThrow().address());
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
        }
        String answer = "";
        while (!answer.startsWith("HTTP/1.1 200 ")) {
            answer = ask(GET);
        }
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void goesOnAndOffWithThePolicy() throws Exception {
        open();
        InetSocketAddress first = host.server().orElseThrow().address();
        Optional<StatusPage> same = settings(first.getPort());
        host.open(same);
        assertEquals(first, host.server().orElseThrow().address());
        host.open(same);
        assertTrue(ask(GET).startsWith("HTTP/1.1 200 "));
        host.open(Optional.empty());
        assertThrows(ConnectException.class, () -> {
            try (Socket socket = new Socket()) {
                socket.connect(first);
            }
        });
        host.looked(() -> {
            throw new AssertionError("a page that is off looks at nothing");
        });
        assertEquals("", log.toString(StandardCharsets.UTF_8));
    }

    @Test
    void saysThatItCannotBeServed() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            host.open(settings(taken.getLocalPort()));
            String said = log.toString(StandardCharsets.UTF_8);
            assertTrue(said.startsWith("zreap: no status page on /127.0.0.1:" + taken.getLocalPort()), said);
            assertTrue(said.contains("reload"), said);
        }
        host.open(settings(0));
        assertTrue(host.server().isPresent());
    }

    @Test
    void showsWhatGoesIntoTheRecord() throws Exception {
        open();
        host.add(Entries.service(Boards.NOW, "started", "mode report"));
        host.failed(Boards.NOW, "the module zreap is not loaded");
        assertEquals(1, record.size());
        String page = ask(GET);
        assertTrue(page.contains("<strong>started</strong> mode report"), page);
        assertTrue(page.contains("The zombies cannot be listed now: the module zreap is not loaded"), page);
    }

    private void open(String... names) {
        host.open(Optional.of(new StatusPage(new InetSocketAddress("127.0.0.1", 0), List.of(names))));
    }

    private static Optional<StatusPage> settings(int port) {
        return Optional.of(new StatusPage(new InetSocketAddress("127.0.0.1", port), List.of()));
    }

    /** Gives what comes until the server closes; nothing if it closes at once. */
    private String ask(String request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(host.server().orElseThrow().address());
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "closed: " + e.getMessage();
            }
        }
    }
}
