// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.CommandName;
import org.zreap.ProcessIdentity;
import org.zreap.Zombie;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Placement;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.engines.ContainerNames;
import org.zreap.internal.Births;
import org.zreap.internal.ZombieBuilder;
import org.zreap.serve.policy.Metrics;
import org.zreap.serve.policy.Policy;
import org.zreap.serve.records.Entries;
import org.zreap.serve.watch.Look;
import org.zreap.serve.watch.ServiceClock;

@Timeout(120)
class ServiceMetricsTest {

    private static final Metrics.Http FREE_PORT = new Metrics.Http(loopback(0), Optional.empty(), Optional.empty());
    private static final Metrics HTTP = new Metrics(Optional.of(FREE_PORT), Optional.empty(), false);
    private static final Placement PLACE = new Placement(
            "/system.slice/app.service",
            Optional.of("app.service"),
            List.of(new Container(Container.Engine.DOCKER, "abc", Optional.empty())));

    @TempDir
    private Path folder;

    private final List<String> log = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final Births births = new Births();
    private final Clock clock = new Clock();
    private Optional<ServiceMetrics> metrics = Optional.empty();

    private static final class Clock implements ServiceClock {

        private long nanos;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public ZonedDateTime now() {
            return ZonedDateTime.parse("2026-11-29T03:00:00Z");
        }
    }

    @AfterEach
    void close() {
        metrics.ifPresent(ServiceMetrics::close);
    }

    @Test
    void publishesWhatTheServiceSees() throws Exception {
        file("module/version", "0.2.0\n");
        file("module/stats/reaped", "7\n");
        file("module/stats/spared-parent-stopped", "3\n");
        file("module/stats/longest_hold_ns", "12345\n");
        ServiceMetrics service = open(HTTP);
        assertFalse(scrape().contains("zreap_zombies{"), "nothing is known before the first look");

        service.looked(() -> look(List.of(zombies(1, 2)), List.of(limit("/a", 75, 100), limit("", 50, 1000)), 0));
        service.looked(() -> look(List.of(zombies(1, 5)), List.of(limit("/a", 78, 100), limit("", 53, 1000)), 4));

        String labels = "{container=\"abc\",parent=\"java\",unit=\"app.service\"} ";
        assertHas("zreap_zombies" + labels + "5.0");
        assertHas("zreap_births_total" + labels + "3.0");
        assertHas("zreap_zombies_oldest_age_seconds" + labels + "1.5");
        assertHas("zreap_zombies{container=\"other\",parent=\"other\",unit=\"other\"} 0.0");
        assertHas("zreap_pids_current{cgroup=\"/a\"} 78.0");
        assertHas("zreap_pids_max{cgroup=\"/a\"} 100.0");
        assertHas("zreap_pids_current{cgroup=\"machine\"} 53.0");
        assertHas("zreap_taken_total 4.0");
        assertHas("zreap_scan_seconds_count 2");
        assertHas("zreap_scan_seconds_sum 0.5");
        assertHas("zreap_listing_successful 1.0");
        assertHas("zreap_module_info{version=\"0.2.0\"} 1");
        assertHas("zreap_module_results_total{result=\"reaped\"} 7.0");
        assertHas("zreap_module_spared_total{reason=\"parent-stopped\"} 3.0");
        assertFalse(scrape().contains("longest"));
    }

    @Test
    void saysWhatItDoesNotKnow() throws Exception {
        file("module/version", "0.2.0\n");
        file("module/stats/reaped", "7\n");
        ServiceMetrics service = open(HTTP);
        service.looked(() -> look(List.of(zombies(1, 2)), List.of(limit("/a", 75, 100)), 0));
        Files.delete(folder.resolve("module/stats/reaped"));
        Files.delete(folder.resolve("module/version"));

        service.failed(Instant.EPOCH, "no module");

        assertHas("zreap_zombies{container=\"abc\",parent=\"java\",unit=\"app.service\"} NaN");
        assertHas("zreap_births_total{container=\"abc\",parent=\"java\",unit=\"app.service\"} 0.0");
        assertHas("zreap_listing_successful 0.0");
        for (String absent : List.of("zreap_pids_", "zreap_module_")) {
            assertFalse(scrape().contains(absent), absent);
        }
    }

    @Test
    void countsPoliciesWithFaults() throws Exception {
        ServiceMetrics service = open(HTTP);
        assertHas("zreap_policy_last_reload_successful 1.0");

        service.policyRefused();
        service.policyRefused();
        assertHas("zreap_policy_errors_total 2.0");
        assertHas("zreap_policy_last_reload_successful 0.0");

        service.apply(Optional.of(HTTP));
        assertHas("zreap_policy_errors_total 2.0");
        assertHas("zreap_policy_last_reload_successful 1.0");
    }

    @Test
    void theNumberOfSeriesIsBounded() throws Exception {
        ServiceMetrics service = open(HTTP);
        List<Look.Family> families = IntStream.range(0, 1000)
                .mapToObj(i -> family(i + 1, "name-" + i, 1))
                .toList();
        List<TaskLimit> limits = new ArrayList<>(IntStream.range(0, 100)
                .mapToObj(i -> limit("/cgroup-" + i, i, 100))
                .toList());
        limits.add(limit("", 1, 1000));

        service.looked(() -> look(families, limits, 0));

        assertEquals(51, count("zreap_zombies{"));
        assertHas("zreap_zombies{container=\"other\",parent=\"other\",unit=\"other\"} 950.0");
        assertEquals(10, count("zreap_pids_max{"));
        assertHas("zreap_pids_current{cgroup=\"machine\"} 1.0");
        assertHas("zreap_pids_current{cgroup=\"/cgroup-99\"} 99.0");
        assertHas("zreap_pids_current{cgroup=\"/cgroup-91\"} 91.0");
    }

    /** The names go when the crowd of the container has lost its place. */
    @Test
    void namesTheContainersOfCrowds() throws Exception {
        ServiceMetrics service = open(HTTP);
        ContainerNames names = new ContainerNames(
                Optional.of("web\"\n"), Optional.empty(), Optional.of("web-x2k8q"), Optional.of("shop"));
        Look.Family named = new Look.Family(parent(1, "java", Optional.of(PLACE), names), some(1, 2));
        String info = "zreap_container_info{container=\"abc\",container_name=\"web\\\"\\\\012\",pod_name=\"web-x2k8q\","
                + "pod_namespace=\"shop\"} 1";

        service.looked(() -> look(List.of(named), List.of(), 0));
        assertHas(info);
        service.looked(() -> look(List.of(), List.of(), 0));
        assertHas(info);

        clock.nanos += Duration.ofHours(2).toNanos();
        List<Look.Family> others = IntStream.range(0, 1000)
                .mapToObj(i -> new Look.Family(
                        parent(i + 2, "name-" + i, Optional.of(container("c" + i)), names), some(i + 2, 1)))
                .toList();
        service.looked(() -> look(others, List.of(), 0));
        assertEquals(50, count("zreap_container_info{"));
        assertFalse(scrape().contains("\"abc\""));

        service.looked(() -> look(List.of(zombies(1, 2)), List.of(), 0));
        assertFalse(scrape().contains("container_info{container=\"abc\""), "no engine names it");
    }

    private static Placement container(String id) {
        return new Placement(
                "/" + id, Optional.empty(), List.of(new Container(Container.Engine.DOCKER, id, Optional.empty())));
    }

    @Test
    void hostileNamesBecomeLabels() throws Exception {
        ServiceMetrics service = open(HTTP);
        Placement hostile = new Placement("/x", Optional.of("a\"} 1\nb"), List.of());
        Entries.Parent parent = parent(9, "evil\"\n\\ {", Optional.of(hostile));

        service.looked(() -> look(List.of(new Look.Family(parent, some(9, 1))), List.of(limit("/x\n\"", 1, 2)), 0));

        List<String> lines =
                scrape().lines().filter(line -> line.contains("evil")).toList();
        assertEquals(3, lines.size(), lines.toString());
        for (String line : lines) {
            assertTrue(
                    line.matches("zreap_[a-z_]+\\{container=\"none\",parent=\"evil([^\"\\\\]|\\\\.)*\","
                            + "unit=\"a([^\"\\\\]|\\\\.)*\"} [0-9.]+"),
                    line);
        }
        assertEquals(1, count("zreap_pids_max{"));
    }

    @Test
    void asksForNameAndPassword() throws Exception {
        Path password = file("password", "secret\nanother line\n");
        open(new Metrics(
                Optional.of(new Metrics.Http(
                        loopback(0), Optional.empty(), Optional.of(new Metrics.BasicAuth("me", password)))),
                Optional.empty(),
                false));

        assertEquals(401, get(HttpClient.newHttpClient(), Optional.empty()).statusCode());
        assertEquals(
                401, get(HttpClient.newHttpClient(), Optional.of("me:wrong")).statusCode());
        assertEquals(
                401, get(HttpClient.newHttpClient(), Optional.of("you:secret")).statusCode());
        assertEquals(
                200, get(HttpClient.newHttpClient(), Optional.of("me:secret")).statusCode());

        Files.writeString(password, "");
        metrics.orElseThrow()
                .apply(Optional.of(new Metrics(
                        Optional.of(new Metrics.Http(
                                loopback(0), Optional.empty(), Optional.of(new Metrics.BasicAuth("me", password)))),
                        Optional.empty(),
                        false)));
        assertEquals(1, complaints.size());
        assertTrue(complaints.get(0).contains(password + " has no password in its first line"), complaints.get(0));
    }

    @Test
    void encrypts() throws Exception {
        Path keystore = folder.resolve("metrics.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "metrics",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        Path password = file("password", "changeit\n");

        open(new Metrics(
                Optional.of(new Metrics.Http(
                        loopback(0), Optional.of(new Metrics.Tls(keystore, password)), Optional.empty())),
                Optional.empty(),
                false));

        assertTrue(url().startsWith("https://127.0.0.1:"), url());
        HttpClient client =
                HttpClient.newBuilder().sslContext(trusting(keystore)).build();
        assertEquals(200, get(client, Optional.empty()).statusCode());

        Files.writeString(password, "wrong\n");
        open(new Metrics(
                Optional.of(new Metrics.Http(
                        loopback(0), Optional.of(new Metrics.Tls(keystore, password)), Optional.empty())),
                Optional.empty(),
                false));
        assertTrue(complaints.get(0).startsWith("no metrics at https://127.0.0.1:0/metrics ("), complaints.get(0));
    }

    @Test
    void goesOnWhereThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Metrics same = new Metrics(
                    Optional.of(new Metrics.Http(loopback(taken.getLocalPort()), Optional.empty(), Optional.empty())),
                    Optional.empty(),
                    false);
            ServiceMetrics service = open(same);
            assertEquals(1, complaints.size());
            assertTrue(complaints.get(0).contains("Address already in use"), complaints.get(0));
            service.policyRefused();
            taken.close();

            service.apply(Optional.of(same));

            assertHas("zreap_policy_errors_total 1.0");
            assertEquals(1, complaints.size());
        }
    }

    /** A Prometheus that wants native histograms asks for this first. */
    @Test
    void speaksProtobufToo() throws Exception {
        open(HTTP);

        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url()))
                                .header(
                                        "Accept",
                                        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                                                + "encoding=delimited;q=0.6,text/plain;version=0.0.4;q=0.4")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());

        assertEquals(200, answer.statusCode());
        assertTrue(answer.headers().firstValue("Content-Type").orElseThrow().contains("protobuf"));
    }

    @Test
    void aSilentClientKeepsNobodyWaiting() throws Exception {
        open(HTTP);
        try (Socket silent =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(url()).getPort())) {
            silent.getOutputStream().write("GET /metr".getBytes(StandardCharsets.US_ASCII));

            assertHas("zreap_policy_errors_total 0.0");
        }
    }

    @Test
    void closesWhatIsNoLongerWanted() throws Exception {
        ServiceMetrics service = open(HTTP);
        scrape();

        service.apply(Optional.empty());

        try (Socket socket = new Socket()) {
            InetSocketAddress address = loopback(URI.create(url()).getPort());
            assertEquals(
                    ConnectException.class,
                    assertThrows(IOException.class, () -> socket.connect(address))
                            .getClass());
        }
        service.looked(() -> look(List.of(), List.of(), 0));
        service.refresh();
        service.policyRefused();
    }

    @Test
    void writesAFileForNodeExporter() throws Exception {
        Path textfile = folder.resolve("zreap.prom");
        Metrics wanted = new Metrics(Optional.empty(), Optional.of(textfile), false);
        ServiceMetrics service = open(wanted);
        assertFalse(Files.exists(textfile));

        service.refresh();

        assertTrue(Files.readString(textfile).contains("\nzreap_policy_errors_total 0.0\n"));
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(textfile)));
        assertEquals(Set.of(textfile), filesIn(folder));

        service.policyRefused();
        clock.nanos += Duration.ofSeconds(14).toNanos();
        service.refresh();
        assertTrue(Files.readString(textfile).contains("\nzreap_policy_errors_total 0.0\n"), "not more often");
        clock.nanos += Duration.ofSeconds(1).toNanos();
        service.refresh();
        assertTrue(Files.readString(textfile).contains("\nzreap_policy_errors_total 1.0\n"));

        service.close();
        assertEquals(Set.of(), filesIn(folder));
    }

    @Test
    void complainsOnceOfAFileThatItCannotWrite() throws Exception {
        Path textfile = folder.resolve("none/zreap.prom");
        ServiceMetrics service = open(new Metrics(Optional.empty(), Optional.of(textfile), false));
        for (int i = 0; i < 3; i++) {
            service.refresh();
            clock.nanos += Duration.ofSeconds(15).toNanos();
        }
        assertEquals(1, complaints.size(), complaints.toString());
        assertTrue(complaints.get(0).startsWith("cannot write the metrics to " + textfile), complaints.get(0));

        Files.createDirectory(textfile.getParent());
        service.refresh();
        assertTrue(Files.exists(textfile));
    }

    @Test
    void makesMBeans() throws Exception {
        ServiceMetrics service = open(new Metrics(Optional.empty(), Optional.empty(), true));
        service.looked(() -> look(List.of(zombies(1, 2)), List.of(limit("/a", 75, 100)), 4));

        assertEquals(2.0, attribute("zreapZombies.container.abc.parent.java.unit.app.service", "Value"));
        assertEquals(75.0, attribute("zreapPidsCurrent.cgroup./a", "Value"));
        assertEquals(1L, attribute("zreapScan", "Count"));

        service.apply(Optional.of(new Metrics(Optional.empty(), Optional.empty(), false)));
        assertEquals(Set.of(), beans());
    }

    private static Object attribute(String name, String attribute) throws Exception {
        ObjectName bean = beans().stream()
                .filter(one -> one.getKeyProperty("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " among " + beans()));
        return ManagementFactory.getPlatformMBeanServer().getAttribute(bean, attribute);
    }

    private static Set<ObjectName> beans() {
        try {
            return ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("org.zreap:*"), null);
        } catch (MalformedObjectNameException e) {
            throw new AssertionError(e);
        }
    }

    private ServiceMetrics open(Metrics wanted) {
        close();
        ServiceMetrics service = new ServiceMetrics(folder.resolve("module"), clock, log::add, complaints::add);
        metrics = Optional.of(service);
        service.apply(Optional.of(wanted));
        return service;
    }

    private Look look(List<Look.Family> families, List<TaskLimit> limits, long taken) {
        List<Zombie> all =
                families.stream().flatMap(family -> family.zombies().stream()).toList();
        return new Look(
                Instant.EPOCH,
                0,
                Policy.builtIn(),
                families,
                List.of(),
                births.note(all),
                limits,
                Duration.ofMillis(250),
                taken);
    }

    private static Look.Family zombies(long parent, int number) {
        return family(parent, "java", number);
    }

    private static Look.Family family(long parent, String name, int number) {
        return new Look.Family(parent(parent, name, Optional.of(PLACE)), some(parent, number));
    }

    private static Entries.Parent parent(long pid, String name, Optional<Placement> place) {
        return parent(pid, name, place, ContainerNames.NONE);
    }

    private static Entries.Parent parent(long pid, String name, Optional<Placement> place, ContainerNames names) {
        return new Entries.Parent(
                pid,
                OptionalLong.of(5),
                Optional.of(CommandName.of(name)),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                place,
                names);
    }

    private static List<Zombie> some(long parent, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new ZombieBuilder(new ProcessIdentity(10_000 + parent * 100 + i, 5), CommandName.of("x"))
                        .parentPid(parent)
                        .age(Optional.of(Duration.ofMillis(1500)))
                        .build())
                .toList();
    }

    private static TaskLimit limit(String cgroup, long current, long max) {
        return new TaskLimit(Optional.of(cgroup).filter(path -> !path.isEmpty()), current, OptionalLong.of(max));
    }

    private void assertHas(String line) throws Exception {
        String text = scrape();
        assertTrue(text.lines().anyMatch(line::equals), line + "\nis not in\n" + text);
    }

    private long count(String start) throws Exception {
        return scrape().lines().filter(line -> line.startsWith(start)).count();
    }

    private String scrape() throws Exception {
        HttpResponse<String> answer = get(HttpClient.newHttpClient(), Optional.empty());
        assertEquals(200, answer.statusCode());
        return answer.body();
    }

    private HttpResponse<String> get(HttpClient client, Optional<String> credentials) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url()));
        credentials.ifPresent(text -> request.header(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String url() {
        return log.get(log.size() - 1).replace("metrics: ", "");
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }

    private static SSLContext trusting(Path keystore) throws Exception {
        KeyStore trusted = KeyStore.getInstance(keystore.toFile(), "changeit".toCharArray());
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("metrics", trusted.getCertificate("metrics"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static Set<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return Set.copyOf(files.toList());
        }
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
