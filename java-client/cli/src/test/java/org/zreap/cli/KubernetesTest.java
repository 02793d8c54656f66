// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The manifests of deploy/kubernetes, by the model of the Kubernetes API. No API server sees them here. */
class KubernetesTest {

    private static final Path FOLDER = Path.of("../../deploy/kubernetes");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Namespace", Namespace.class,
            "ServiceAccount", ServiceAccount.class,
            "ConfigMap", ConfigMap.class,
            "DaemonSet", DaemonSet.class,
            "NetworkPolicy", NetworkPolicy.class);

    /** The model keeps unknown fields. This lets none of them through. */
    private static final YAMLMapper STRICT = YAMLMapper.builder()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(MapperConfig<?> config, Annotated member) {
                    return false;
                }

                @Override
                public JsonIgnoreProperties.Value findPropertyIgnoralByName(MapperConfig<?> config, Annotated type) {
                    return JsonIgnoreProperties.Value.empty();
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @ParameterizedTest
    @MethodSource("manifests")
    void everyFieldIsOneOfTheApi(Path file) throws IOException {
        String text = Files.readString(file);
        JsonNode tree = STRICT.readTree(text);

        HasMetadata resource = STRICT.readValue(text, KINDS.get(tree.get("kind").asString()));

        assertEquals(tree.get("apiVersion").asString(), resource.getApiVersion());
        assertEquals(tree.get("kind").asString(), resource.getKind());
        assertTrue(resource.getMetadata().getName().startsWith("zreap"));
    }

    @Test
    void anUnknownFieldIsFound() throws IOException {
        String text = Files.readString(FOLDER.resolve("daemonset.yaml"));
        for (String field : List.of("hostPID", "readOnlyRootFilesystem", "appArmorProfile", "mountPropagation")) {
            String slip = text.replace(field + ":", field + "s:");
            assertThrows(DatabindException.class, () -> STRICT.readValue(slip, DaemonSet.class), field);
        }
    }

    @Test
    void theListHasEveryManifest() throws IOException {
        JsonNode list = STRICT.readTree(Files.readString(FOLDER.resolve("kustomization.yaml")));

        assertEquals(
                manifests().map(file -> file.getFileName().toString()).collect(Collectors.toSet()),
                list.get("resources").valueStream().map(JsonNode::asString).collect(Collectors.toSet()));
    }

    @Test
    void theServiceTakesThePolicy(@TempDir Path folder) throws IOException {
        ConfigMap map = read("policy.yaml", ConfigMap.class);
        Path policy =
                Files.writeString(folder.resolve("policy.yaml"), map.getData().get("policy.yaml"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int code = Parser.of()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("serve", "--check", policy.toString());

        assertEquals("", err.toString());
        assertEquals(ZreapCommand.DONE, code);
        assertTrue(out.toString().contains("mode report"), out.toString());
    }

    @Test
    void thePodHasLittlePower() throws IOException {
        PodSpec pod = pod();
        SecurityContext security = container(pod).getSecurityContext();

        assertTrue(pod.getHostPID());
        assertNull(pod.getHostNetwork());
        assertNull(pod.getHostIPC());
        assertEquals(false, pod.getAutomountServiceAccountToken());
        assertEquals(false, security.getPrivileged());
        assertEquals(false, security.getAllowPrivilegeEscalation());
        assertEquals(true, security.getReadOnlyRootFilesystem());
        assertEquals(List.of("ALL"), security.getCapabilities().getDrop());
        assertEquals(
                List.of("KILL", "SYS_PTRACE", "DAC_READ_SEARCH"),
                security.getCapabilities().getAdd());
        assertEquals("RuntimeDefault", security.getSeccompProfile().getType());
        assertEquals("zreap-container", security.getAppArmorProfile().getLocalhostProfile(), "deploy/apparmor has it");
        assertTrue(Files.readString(Path.of("../../deploy/apparmor/zreap-container"))
                .contains("\nprofile zreap-container "));
    }

    @Test
    void theHostsFilesAreReadOnly() throws IOException {
        PodSpec pod = pod();
        Set<String> ofHost = pod.getVolumes().stream()
                .filter(volume -> volume.getHostPath() != null)
                .map(Volume::getName)
                .collect(Collectors.toSet());
        List<VolumeMount> mounts = container(pod).getVolumeMounts();

        assertEquals(Set.of("cgroup", "containerd-tasks"), ofHost);
        assertEquals(
                pod.getVolumes().stream().map(Volume::getName).collect(Collectors.toSet()),
                mounts.stream().map(VolumeMount::getName).collect(Collectors.toSet()));
        mounts.stream()
                .filter(mount -> ofHost.contains(mount.getName()))
                .forEach(mount -> assertEquals(true, mount.getReadOnly(), mount.getName()));
    }

    @Test
    void aLoaderMayLoadModulesAndNothingMore() throws IOException {
        PodSpec patch = patch("loader/daemonset.yaml");

        assertEquals(1, patch.getInitContainers().size());
        Container loader = patch.getInitContainers().get(0);
        SecurityContext security = loader.getSecurityContext();
        assertEquals(List.of("ALL"), security.getCapabilities().getDrop());
        assertEquals(List.of("SYS_MODULE"), security.getCapabilities().getAdd());
        assertEquals(false, security.getPrivileged());
        assertEquals(false, security.getAllowPrivilegeEscalation());
        assertEquals(true, security.getReadOnlyRootFilesystem());
        assertTrue(patch.getContainers().isEmpty(), "the service gets nothing of it");
        assertMounted(patch, loader);
        loader.getVolumeMounts().stream()
                .filter(mount -> mount.getMountPath().startsWith("/host/"))
                .forEach(mount -> assertEquals(true, mount.getReadOnly(), mount.getName()));
    }

    @Test
    void aFolderForTheDetectorIsAllThatItAdds() throws IOException {
        PodSpec patch = patch("node-problem-detector/daemonset.yaml");

        Container service = container(patch);
        assertEquals(container(pod()).getName(), service.getName());
        assertNull(service.getSecurityContext());
        assertTrue(patch.getInitContainers().isEmpty());
        assertMounted(patch, service);
    }

    /** A patch of a component: it is for the DaemonSet, and no volume of its own has a name that is taken. */
    private static PodSpec patch(String file) throws IOException {
        DaemonSet patch = read(file, DaemonSet.class);
        assertEquals(
                read("daemonset.yaml", DaemonSet.class).getMetadata().getName(),
                patch.getMetadata().getName());
        Set<String> taken = pod().getVolumes().stream().map(Volume::getName).collect(Collectors.toSet());
        PodSpec pod = patch.getSpec().getTemplate().getSpec();
        pod.getVolumes().forEach(volume -> assertTrue(!taken.contains(volume.getName()), volume.getName()));
        return pod;
    }

    private static void assertMounted(PodSpec pod, Container container) {
        assertEquals(
                pod.getVolumes().stream().map(Volume::getName).collect(Collectors.toSet()),
                container.getVolumeMounts().stream().map(VolumeMount::getName).collect(Collectors.toSet()));
    }

    @Test
    void onlyScrapesComeInAndNothingGoesOut() throws IOException {
        NetworkPolicySpec policy =
                read("networkpolicy.yaml", NetworkPolicy.class).getSpec();

        assertEquals(List.of("Ingress", "Egress"), policy.getPolicyTypes());
        assertEquals(
                List.of(new NetworkPolicyIngressRuleBuilder()
                        .addNewPort()
                        .withProtocol("TCP")
                        .withPort(new IntOrString("metrics"))
                        .endPort()
                        .build()),
                policy.getIngress());
        assertTrue(policy.getEgress().isEmpty());
    }

    @Test
    void theNamedPortIsThatOfThePolicy() throws IOException {
        ContainerPort port = container(pod()).getPorts().get(0);
        String policy = read("policy.yaml", ConfigMap.class).getData().get("policy.yaml");

        assertEquals("metrics", port.getName());
        assertTrue(policy.contains("listen: 0.0.0.0:" + port.getContainerPort()), policy);
    }

    private static PodSpec pod() throws IOException {
        return read("daemonset.yaml", DaemonSet.class).getSpec().getTemplate().getSpec();
    }

    private static Container container(PodSpec pod) {
        assertEquals(1, pod.getContainers().size());
        return pod.getContainers().get(0);
    }

    private static <T> T read(String file, Class<T> type) throws IOException {
        return STRICT.readValue(Files.readString(FOLDER.resolve(file)), type);
    }

    private static Stream<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
