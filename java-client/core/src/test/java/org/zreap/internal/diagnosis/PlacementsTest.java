// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Container.Engine;
import org.zreap.diagnosis.Placement;
import org.zreap.internal.proc.ProcCgroup;

class PlacementsTest {

    private static final String ID = "4c01db0b339cdd0f6f8d0e4a7ac1d0e1cf62b4b3d4f1a0e8b9c7d6e5f4a3b2c1";
    private static final String POD = "2dd7a2b4-3f7a-4c51-9d5f-0c8d1f0e9a11";
    private static final String SLICE_POD = "pod2dd7a2b4_3f7a_4c51_9d5f_0c8d1f0e9a11.slice";

    @ParameterizedTest
    @CsvSource({
        "DOCKER,     /system.slice/docker-ID.scope,                        docker-ID.scope",
        "DOCKER,     /docker/ID,                                           ''",
        "DOCKER,     /docker/ID/init.scope,                                init.scope",
        "PODMAN,     /machine.slice/libpod-ID.scope/container,             libpod-ID.scope",
        "PODMAN,     /user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope, libpod-ID.scope",
        "CRI_O,      /kubepods.slice/kubepods-SLICE_POD/crio-ID.scope,     crio-ID.scope",
        "CONTAINERD, /kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-SLICE_POD/cri-containerd-ID.scope,"
                + " cri-containerd-ID.scope",
        "KUBERNETES, /kubepods/burstable/podPOD/ID,                        ''",
    })
    void knowsContainers(Engine engine, String path, String unit) {
        String real = path.replace("SLICE_POD", SLICE_POD).replace("POD", POD).replace("ID", ID);

        Placement placement = parse("0::" + real + "\n").orElseThrow();

        assertEquals(real, placement.cgroup());
        assertEquals(
                Optional.of(new Container(engine, ID, real.contains("kubepods") ? Optional.of(POD) : Optional.empty())),
                placement.container());
        assertEquals(Optional.of(unit.replace("ID", ID)).filter(text -> !text.isEmpty()), placement.unit());
    }

    @ParameterizedTest
    @CsvSource({
        "LXC, web1, /lxc.payload.web1",
        "LXC, web1, /lxc/web1/system.slice",
        "LXC, web1, /lxc.payload.web1/system.slice/x.service",
        "PROXMOX, 101, /lxc/101/ns/system.slice/x.service",
        "NSPAWN, web, /machine.slice/systemd-nspawn@web.service/payload/system.slice/app.service",
        "NSPAWN, web, /machine.slice/machine-web.scope/payload",
        "BUILDKIT, z1x2c3v4b5n6m7a8s9d0f1g2h, /docker/buildkit/z1x2c3v4b5n6m7a8s9d0f1g2h",
        "ECS, ID, /ecs/0123456789abcdef0123456789abcdef/ID",
        "ECS, ID, /ecstasks.slice/ecstasks-0123456789abcdef0123456789abcdef.slice/docker-ID.scope",
        "ECS, 0123456789abcdef0123456789abcdef-1234567, /ecs/t/0123456789abcdef0123456789abcdef-1234567",
        "GARDEN, 2dd7a2b4-3f7a-4c51-9d5f-0c8d1f0e9a11, /system.slice/garden.service/garden/good/POD",
        "GITHUB_ACTIONS, ID, /actions_job/ID",
        "NOMAD, 2dd7a2b4-3f7a-4c51-9d5f-0c8d1f0e9a11.web, /nomad.slice/share.slice/POD.web.scope",
        "MESOS, 2dd7a2b4-3f7a-4c51-9d5f-0c8d1f0e9a11, /mesos/POD",
        "CONTAINERD, ID, /system.slice/nerdctl-ID.scope",
        "CONTAINERD, job1, /default/job1",
        "PODMAN, ID, /system.slice/web.service/libpod-payload-ID",
        "DOCKER, ID, /batch.slice/batch-night.slice/docker-ID.scope",
        "UNKNOWN, ID, /batch/ID",
        "UNKNOWN, ID, /batch/night/ID/app",
    })
    void knowsOtherEngines(Engine engine, String id, String path) {
        String real = path.replace("POD", POD).replace("ID", ID);

        assertEquals(
                List.of(new Container(engine, id.replace("ID", ID), Optional.empty())),
                parse("0::" + real).orElseThrow().containers());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/machine.slice/machine-qemu\\x2d1\\x2dvm.scope",
                "/system.slice/crio-conmon-ID.scope",
                "/machine.slice/libpod-conmon-ID.scope",
                "/system.slice/docker.service",
                "/lxc.monitor.web1"
            })
    void takesNoMonitorForContainer(String path) {
        assertEquals(
                List.of(), parse("0::" + path.replace("ID", ID)).orElseThrow().containers());
    }

    @Test
    void namesTheInnermostFirst() {
        String inner = "a" + ID.substring(1);
        String kind = "/docker/" + ID + "/kubelet/kubepods/burstable/pod" + POD + "/" + inner;

        assertEquals(
                List.of(
                        new Container(Engine.DOCKER, inner, Optional.empty()),
                        new Container(Engine.DOCKER, ID, Optional.empty())),
                parse("0::/docker/" + ID + "/docker/" + inner).orElseThrow().containers());
        assertEquals(
                List.of(
                        new Container(Engine.KUBERNETES, inner, Optional.of(POD)),
                        new Container(Engine.DOCKER, ID, Optional.empty())),
                parse("0::" + kind).orElseThrow().containers());
    }

    @Test
    void takesUnitsWithoutContainer() {
        Placement placement = parse("0::/system.slice/kafka.service\n").orElseThrow();

        assertEquals(new Placement("/system.slice/kafka.service", Optional.of("kafka.service"), List.of()), placement);
    }

    @Test
    void takesTheHierarchyThatSaysMost() {
        String text =
                "12:pids:/docker/" + ID + "\n1:name=systemd:/a/longer/path/than/all/of/the/others/that/says/nothing/"
                        + "of/a/container/at/all/whatever/one/does\n0::/\n";

        assertEquals("/docker/" + ID, parse(text).orElseThrow().cgroup());
    }

    @Test
    void takesTheRoot() {
        assertEquals(Optional.of(new Placement("/", Optional.empty(), List.of())), parse("0::/\n"));
        assertEquals(Optional.empty(), parse(""));
    }

    @Property
    void takesAnyPath(@ForAll String path, @ForAll("namings") String naming) {
        String line = (naming + path).replaceAll("\\R", "");

        assertEquals(Optional.of("/" + line), parse("0::/" + line + "\n").map(Placement::cgroup));
        parse(path);
        assertEquals(Optional.empty(), parse("0::" + "x" + line));
    }

    private static Optional<Placement> parse(String text) {
        return Placements.of(ProcCgroup.parse(text));
    }

    @Provide
    Arbitrary<String> namings() {
        return Arbitraries.of("", "lxc/", "docker/" + ID, "kubepods/pod", "crio-", "a.service/");
    }
}
