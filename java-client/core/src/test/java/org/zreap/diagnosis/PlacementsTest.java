// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.diagnosis.Container.Engine;

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

        Placement placement = Placements.parse("0::" + real + "\n").orElseThrow();

        assertEquals(real, placement.cgroup());
        assertEquals(
                Optional.of(new Container(engine, ID, real.contains("kubepods") ? Optional.of(POD) : Optional.empty())),
                placement.container());
        assertEquals(Optional.of(unit.replace("ID", ID)).filter(text -> !text.isEmpty()), placement.unit());
    }

    @ParameterizedTest
    @CsvSource({
        "/lxc.payload.web1, web1",
        "/lxc/web1/system.slice, web1",
        "/lxc.payload.web1/system.slice/x.service, web1"
    })
    void knowsLxcByName(String path, String name) {
        assertEquals(
                Optional.of(new Container(Engine.LXC, name, Optional.empty())),
                Placements.parse("0::" + path).orElseThrow().container());
    }

    @Test
    void takesUnitsWithoutContainer() {
        Placement placement =
                Placements.parse("0::/system.slice/kafka.service\n").orElseThrow();

        assertEquals(
                new Placement("/system.slice/kafka.service", Optional.of("kafka.service"), Optional.empty()),
                placement);
    }

    @Test
    void takesTheHierarchyThatSaysMost() {
        String text =
                "12:pids:/docker/" + ID + "\n1:name=systemd:/a/longer/path/than/all/of/the/others/that/says/nothing/"
                        + "of/a/container/at/all/whatever/one/does\n0::/\n";

        assertEquals("/docker/" + ID, Placements.parse(text).orElseThrow().cgroup());
    }

    @Test
    void takesTheRoot() {
        assertEquals(Optional.of(new Placement("/", Optional.empty(), Optional.empty())), Placements.parse("0::/\n"));
        assertEquals(Optional.empty(), Placements.parse(""));
    }

    @Property
    void takesAnyPath(@ForAll String path, @ForAll("namings") String naming) {
        String line = (naming + path).replaceAll("\\R", "");

        assertEquals(
                Optional.of("/" + line), Placements.parse("0::/" + line + "\n").map(Placement::cgroup));
        Placements.parse(path);
        assertEquals(Optional.empty(), Placements.parse("0::" + "x" + line));
    }

    @Provide
    Arbitrary<String> namings() {
        return Arbitraries.of("", "lxc/", "docker/" + ID, "kubepods/pod", "crio-", "a.service/");
    }
}
