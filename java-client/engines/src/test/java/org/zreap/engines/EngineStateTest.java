// SPDX-License-Identifier: Apache-2.0
package org.zreap.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Container.Engine;

/** On files as these engines write them. */
class EngineStateTest {

    private static final String DOCKER = "bfb4bb0de27e8337140d0c8c85dd592109850687284d6e003125e6c484a14de1";

    @TempDir
    private Path root;

    @ParameterizedTest
    @CsvSource({
        // Docker; Docker below Kubernetes, which asks for an image by its digest
        "bfb4bb0de27e8337140d0c8c85dd592109850687284d6e003125e6c484a14de1, shop-1,"
                + " registry.example.com:5000/team/shop:1.4, , ",
        "5f0d3c6b1f2c4a7e8d9b0a1c2d3e4f5061728394a5b6c7d8e9f0a1b2c3d4e5f6, web,"
                + " sha256:5d3d5ddc8605d6dc9f9d1b2a8ee6ba4f1f7c16d0a2a09e2aa3f4b1e7c6a0d1f2,"
                + " web-7d4b9c6f5-x2k8q, shop",
        // containerd below Kubernetes; nerdctl, which does not tell the image there
        "33d9a2b0c4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f, coredns,"
                + " registry.k8s.io/coredns/coredns:v1.11.1, coredns-6d4b75cb6d-4mtdm, kube-system",
        "7a6b5c4d3e2f10918273645546372819a0b1c2d3e4f5061728394a5b6c7d8e9f, web-7a6b5, , , ",
        // CRI-O
        "438e2ba9d5970597608a7df68ae72f6085a1460f976f964ed5f369c793eaa4fe, coredns,"
                + " registry.k8s.io/coredns/coredns:v1.8.6, coredns-6d4b75cb6d-4mtdm, kube-system",
        // Podman; Podman with --rm
        "579635db3532e954d07927bdc32bd435bd082f03a0696ded072f04d762a18775, site,"
                + " quay.io/centos7/httpd-24-centos7:latest, , ",
        "5133294dd8dd748b5e8d91421bf2725e1840e03a86c96024f943a56807130e2b, naughty_kalam,"
                + " localhost/parents:latest, , ",
    })
    void namesContainers(String id, String name, String image, String pod, String podNamespace)
            throws URISyntaxException {
        ContainerNames names = EngineState.below(host()).names(container(id));

        assertEquals(
                new ContainerNames(
                        Optional.ofNullable(name),
                        Optional.ofNullable(image),
                        Optional.ofNullable(pod),
                        Optional.ofNullable(podNamespace)),
                names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "../containers/bfb4bb0de27e8337140d0c8c85dd592109850687284d6e003125e6c484a14de1",
                "..",
                "",
                "a\0b",
            })
    void namesNothingElse(String id) throws URISyntaxException {
        assertEquals(ContainerNames.NONE, EngineState.below(host()).names(container(id)));
    }

    @Test
    void namesNothingWithoutFiles() {
        assertEquals(ContainerNames.NONE, EngineState.below(root).names(container(DOCKER)));
        assertEquals(ContainerNames.NONE, EngineState.none().names(container(DOCKER)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,2", "null", "{\"Name\":7,\"Config\":{\"Image\":[\"x\"]}}", "\u0000\u0001"})
    void takesAnyContent(String content) throws IOException {
        Files.writeString(config(), content);

        assertEquals(ContainerNames.NONE, EngineState.below(root).names(container(DOCKER)));
    }

    /** Nesting without end must not end the stack of a thread. */
    @Test
    void takesDeepContent() throws IOException {
        Files.writeString(config(), "{\"a\":".repeat(100_000));

        assertEquals(ContainerNames.NONE, EngineState.below(root).names(container(DOCKER)));
    }

    @Test
    void readsOnlySoMuch() throws IOException {
        String text = "{\"Name\":\"/big\",\"Config\":{\"Image\":\"big:1\"}}";
        Files.writeString(config(), text + " ".repeat((8 << 20) - text.length()));
        assertEquals(
                Optional.of("big"),
                EngineState.below(root).names(container(DOCKER)).name());

        Files.writeString(config(), text + " ".repeat((8 << 20) - text.length() + 1));
        assertEquals(ContainerNames.NONE, EngineState.below(root).names(container(DOCKER)));
    }

    /** A fifo would hang, and a link might lead anywhere. */
    @Test
    void readsNoLink() throws IOException {
        Path elsewhere = Files.writeString(root.resolve("elsewhere"), "{\"Name\":\"/web\"}");
        Files.createSymbolicLink(config(), elsewhere);

        assertEquals(ContainerNames.NONE, EngineState.below(root).names(container(DOCKER)));
    }

    @Test
    void remembersWhatItHasFound() throws IOException {
        EngineState engines = EngineState.below(root);
        Files.writeString(config(), "{\"Name\":\"/old\"}");
        assertEquals(Optional.of("old"), engines.names(container(DOCKER)).name());

        Files.writeString(config(), "{\"Name\":\"/new\"}");

        assertEquals(Optional.of("old"), engines.names(container(DOCKER)).name());
        assertEquals(
                Optional.of("new"),
                EngineState.below(root).names(container(DOCKER)).name());
    }

    /** A container is there before its engine has written all files, and can be renamed. */
    @Test
    void looksAgainAfterFiveMinutes() throws IOException {
        AtomicLong nanos = new AtomicLong();
        EngineState engines = EngineState.below(root, nanos::get);
        assertEquals(ContainerNames.NONE, engines.names(container(DOCKER)));
        Files.writeString(config(), "{\"Name\":\"/web\"}");

        nanos.set(Duration.ofMinutes(5).toNanos() - 1);
        assertEquals(ContainerNames.NONE, engines.names(container(DOCKER)));
        nanos.incrementAndGet();
        assertEquals(Optional.of("web"), engines.names(container(DOCKER)).name());
    }

    @Test
    void remembersNoMoreThanAThousand() throws IOException {
        EngineState engines = EngineState.below(root, () -> 0);
        Files.writeString(config(), "{\"Name\":\"/old\"}");
        engines.names(container(DOCKER));
        Files.writeString(config(), "{\"Name\":\"/new\"}");

        IntStream.range(1, 1000).forEach(number -> engines.names(container("c" + number)));
        assertEquals(Optional.of("old"), engines.names(container(DOCKER)).name());
        engines.names(container("c1000"));
        assertEquals(Optional.of("new"), engines.names(container(DOCKER)).name());
    }

    private Path config() throws IOException {
        return Files.createDirectories(root.resolve("var/lib/docker/containers/" + DOCKER))
                .resolve("config.v2.json");
    }

    private static Path host() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(EngineStateTest.class.getResource("/host"))
                .toURI());
    }

    private static Container container(String id) {
        return new Container(Engine.UNKNOWN, id, Optional.empty());
    }
}
