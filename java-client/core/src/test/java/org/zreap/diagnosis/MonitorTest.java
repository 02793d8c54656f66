// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.diagnosis.Container.Engine;

/** Containers whose cgroups have names of the user's choice: their engine's monitor tells them. */
class MonitorTest extends OneZombie {

    private static final long MONITOR = 5;
    private static final String ID = "5133294dd8dd748b5e8d91421bf2725e1840e03a86c96024f943a56807130e2b";

    @ParameterizedTest
    @CsvSource({
        "containerd-shim, -namespace default -id job1, CONTAINERD, job1",
        "containerd-shim, -namespace batch.example -id job-1.2, CONTAINERD, job-1.2",
        "containerd-shim, -namespace moby -id ID, DOCKER, ID",
        "conmon, -c ID -n web --exit-dir /run/libpod/exits, PODMAN, ID",
        "conmon, -c ID -n web --exit-dir /run/user/1000/libpod/tmp/exits, PODMAN, ID",
        "conmon, -c ID --exit-dir /var/run/crio/exits, CRI_O, ID",
        "conmon, -c ID, UNKNOWN, ID",
    })
    void tellsTheContainer(String name, String arguments, Engine engine, String id) throws IOException {
        monitor(name, arguments.replace("ID", ID), "/system.slice/containerd.service");
        inCgroup("/batch/night");

        assertEquals(
                List.of(new Container(engine, id.replace("ID", ID), Optional.empty())),
                diagnoser.placement(zombie()).orElseThrow().containers());
        assertEquals(diagnoser.placement(zombie()), diagnoser.placement(PARENT), "the parent is in the same container");
    }

    @ParameterizedTest
    @CsvSource({
        "containerd-shim, -namespace k8s.io -id ID, it names the sandbox of the pod", // one shim for all of a pod
        "containerd-shim, -namespace default, no ID",
        "containerd-shim, -namespace default -id, no ID",
        "containerd-shim, -namespace default -id ../x, no ID of containerd",
        "containerd-shim, -id job1, no namespace",
        "my-shim, -namespace default -id job1, another program",
    })
    void tellsNoContainer(String name, String arguments, String why) throws IOException {
        monitor(name, arguments.replace("ID", ID), "/system.slice/containerd.service");
        inCgroup("/batch/night");

        assertEquals(List.of(), diagnoser.placement(zombie()).orElseThrow().containers(), why);
    }

    @Test
    void tellsTheEngineWhereTheCgroupTellsOnlyTheId() throws IOException {
        monitor("containerd-shim", "-namespace moby -id " + ID, "/system.slice/containerd.service");
        inCgroup("/batch/" + ID);

        assertEquals(
                Optional.of(new Container(Engine.DOCKER, ID, Optional.empty())),
                diagnoser.placement(zombie()).orElseThrow().container());
    }

    @Test
    void believesTheCgroupFirst() throws IOException {
        monitor("containerd-shim", "-namespace default -id other", "/system.slice/containerd.service");
        inCgroup("/system.slice/docker-" + ID + ".scope");

        assertEquals(
                Optional.of(new Container(Engine.DOCKER, ID, Optional.empty())),
                diagnoser.placement(zombie()).orElseThrow().container());
    }

    /** Its helpers run beside it. */
    @Test
    void takesNoChildInTheMonitorsOwnCgroupForContainer() throws IOException {
        monitor("containerd-shim", "-namespace default -id job1", "/batch/night");
        inCgroup("/batch/night");

        assertEquals(List.of(), diagnoser.placement(zombie()).orElseThrow().containers());
    }

    @Test
    void believesOnlyRootsShim() throws IOException {
        tree.process(MONITOR)
                .name("containerd-shim")
                .uid(1000)
                .file("cmdline", "shim\0-namespace\0default\0-id\0job1\0")
                .file("cgroup", "0::/x\n")
                .write();
        inCgroup("/batch/night");

        assertEquals(List.of(), diagnoser.placement(zombie()).orElseThrow().containers());
    }

    @Test
    void takesNoOtherAncestorForAMonitor() throws IOException {
        monitor("containerd-shim", "-namespace default -id job1", "/system.slice/containerd.service");
        tree.process(1)
                .parent(0)
                .name("systemd")
                .file("cgroup", "0::/init.scope\n")
                .write();
        inCgroup("/batch/night");

        assertEquals(
                Optional.of(new Container(Engine.CONTAINERD, "job1", Optional.empty())),
                diagnoser.placement(zombie()).orElseThrow().container());
    }

    /** What runs in a container may look like a monitor. */
    @Test
    void believesTheOutermostMonitor() throws IOException {
        monitor("containerd-shim", "-namespace default -id job1", "/system.slice/containerd.service");
        tree.process(7)
                .parent(MONITOR)
                .name("conmon")
                .file("cmdline", "conmon\0-c\0fake\0")
                .file("cgroup", "0::/batch/other\n")
                .write();
        tree.process(PARENT).parent(7).file("cgroup", "0::/batch/night\n").write();
        tree.process(21).zombieOf(PARENT, 0).file("cgroup", "0::/batch/night\n").write();

        assertEquals(
                Optional.of(new Container(Engine.CONTAINERD, "job1", Optional.empty())),
                diagnoser.placement(zombie()).orElseThrow().container());
    }

    private void monitor(String name, String arguments, String cgroup) throws IOException {
        tree.process(MONITOR)
                .name(name)
                .file("cmdline", "/usr/bin/" + name + "\0" + arguments.replace(' ', '\0') + "\0")
                .file("cgroup", "0::" + cgroup + "\n")
                .write();
    }

    private void inCgroup(String path) throws IOException {
        tree.process(PARENT).parent(MONITOR).file("cgroup", "0::" + path + "\n").write();
        tree.process(21).zombieOf(PARENT, 0).file("cgroup", "0::" + path + "\n").write();
    }
}
