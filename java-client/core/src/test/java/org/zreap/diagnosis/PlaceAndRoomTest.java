// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where zombies are, and how much room there is. */
class PlaceAndRoomTest extends OneZombie {

    @ParameterizedTest
    @CsvSource({
        "0, 0000000000000000, 4026531837, false",
        "1000, 0000000000000000, 4026531837, true",
        "1000, 000001ffffffffff, 4026531837, false",
        "1000, 0000000000200000, 4026531837, false", // CAP_SYS_ADMIN
        "1000, 0000000001000000, 4026531837, false", // CAP_SYS_RESOURCE
        "1000, 0000000000400000, 4026531837, true",
        "1000, 000001ffffffffff, 4026532222, true", // a capability in another user namespace
    })
    void knowsWhoseForksAreLimited(long uid, String capabilities, String namespace, boolean limited)
            throws IOException {
        parent().uid(uid)
                .file("limits", "Max processes             10                10            processes\n")
                .link("ns/user", "user:[" + namespace + "]")
                .write();
        Path status = root.resolve("10/status");
        Files.writeString(status, Files.readString(status).replaceAll("CapEff:.*", "CapEff:\t" + capabilities));
        Files.createDirectories(root.resolve("self/ns"));
        Files.createSymbolicLink(root.resolve("self/ns/user"), Path.of("user:[4026531837]"));

        assertEquals(limited, diagnose().headroom().userMax().isPresent());
        assertEquals(limited, diagnose().headroom().userCurrent().isPresent());
    }

    /** The kernel counts every thread, and one for a zombie. */
    @Test
    void countsTheTasksOfTheParentsUser() throws IOException {
        parent().uid(1000)
                .threads(4)
                .file("limits", "Max processes             10                20            processes\n")
                .write();
        tree.process(30).uid(1000).threads(3).write();
        tree.process(31).uid(1001).threads(5).write();

        assertEquals(OptionalLong.of(7), diagnose().headroom().userCurrent());
        assertEquals(OptionalLong.of(10), diagnose().headroom().userMax());
    }

    @ParameterizedTest
    @CsvSource({"'0::/pod/box/app', ''", "'4:pids:/pod/box/app,0::/x', pids", "'4:cpu:/,0::/pod/box/app', unified"})
    void findsTheTightestLimit(String groups, String mount) throws IOException {
        parent().file("cgroup", groups.replace(',', '\n') + "\n").write();
        limit(mount, "pod", "128", "128");
        limit(mount, "pod/box", "50", "200");
        limit(mount, "pod/box/app", "40", "max");

        Headroom room = diagnose().headroom();

        assertEquals(Optional.of("/pod"), room.cgroup());
        assertEquals(OptionalLong.of(128), room.cgroupCurrent());
        assertEquals(OptionalLong.of(128), room.cgroupMax());
    }

    @ParameterizedTest
    @CsvSource({
        "'0::/pod', 1000, 2000, 28",
        "'0::/pod', 510, 2000, 10",
        "'0::/pod', 1000, 502, 2",
        "'0::/none', 1000, 2000, 500",
        "'0::/none', 499, 2000, 0",
    })
    void roomIsTheLeastThatAnyLimitLeaves(String groups, long pidMax, long threadsMax, long room) throws IOException {
        parent().file("cgroup", groups + "\n").write();
        limit("", "pod", "100", "128");
        Files.createDirectories(root.resolve("sys/kernel"));
        Files.writeString(root.resolve("sys/kernel/pid_max"), pidMax + "\n");
        Files.writeString(root.resolve("sys/kernel/threads-max"), threadsMax + "\n");
        Files.writeString(root.resolve("loadavg"), "0.20 0.18 0.12 1/500 11206\n");

        assertEquals(
                OptionalLong.of(room),
                Diagnoser.of(root, cgroups).headroom(PARENT).room());
    }

    @Test
    void roomIsUnknownWithoutLimits() throws IOException {
        parent().file("cgroup", "0::/none\n").write();

        assertEquals(
                OptionalLong.empty(),
                Diagnoser.of(root, cgroups).headroom(PARENT).room());
    }

    @Test
    void tellsTheCountWhereNothingIsLimited() throws IOException {
        parent().file("cgroup", "0::/pod/box\n").write();
        limit("", "pod/box", "40", "max");
        limit("", "pod", "50", "max");

        Headroom room = diagnose().headroom();

        assertEquals(Optional.empty(), room.cgroup());
        assertEquals(OptionalLong.of(40), room.cgroupCurrent());
        assertEquals(OptionalLong.empty(), room.cgroupMax());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4:cpu:/pod", "1:name=systemd:/pod"})
    void readsNoLimitOfOtherCgroups(String cgroup) throws IOException {
        parent().file("cgroup", cgroup + "\n").write();
        limit("cpu", "pod", "128", "128");
        limit("systemd", "pod", "128", "128");

        assertEquals(OptionalLong.empty(), diagnose().headroom().cgroupCurrent());
    }

    @Test
    void readsNothingOutsideOfTheMount() throws IOException {
        parent().file("cgroup", "0::/../pod\n").write();
        limit("", "pod", "128", "128");
        Diagnoser below = Diagnoser.of(root, Files.createDirectories(cgroups.resolve("mount")));

        assertEquals(OptionalLong.empty(), below.diagnose(zombie()).headroom().cgroupCurrent());
    }

    /**
     * As in a container with the host's PID namespace, a cgroup namespace of its own, and the
     * host's cgroups mounted.
     */
    @ParameterizedTest
    @CsvSource({
        "/../docker-b.scope, /system.slice/docker-b.scope",
        "/../../user.slice/user-1000.slice, /user.slice/user-1000.slice",
        "/../.., /",
        "/.., /system.slice",
        "/app, /system.slice/docker-a.scope/app",
        "/../../../above, /../../../above",
    })
    void findsThePlaceOutsideOfItsCgroupNamespace(String seen, String place) throws IOException {
        Files.writeString(cgroups.resolve("cgroup.controllers"), "pids\n");
        Path own = Files.createDirectories(cgroups.resolve("system.slice/docker-a.scope/zreap"));
        Files.createDirectories(cgroups.resolve("init.scope"));
        Files.writeString(cgroups.resolve("init.scope/cgroup.procs"), "1\n");
        Files.writeString(own.resolve("cgroup.procs"), "976\n977\n");
        asProcess(977, "0::/zreap\n");
        limit("", "user.slice/user-1000.slice", "7", "10");
        parent().file("cgroup", "0::" + seen + "\n").write();

        Diagnosis diagnosis = Diagnoser.of(root, cgroups).diagnose(zombie());

        assertEquals(place, diagnosis.placement().orElseThrow().cgroup());
        assertEquals(
                place.startsWith("/user") ? OptionalLong.of(3) : OptionalLong.empty(),
                diagnosis.headroom().room());
    }

    /** The mount of its own namespace begins at its own cgroup, and shows nothing outside. */
    @Test
    void leavesThePlaceThatItCannotFind() throws IOException {
        Files.writeString(cgroups.resolve("cgroup.controllers"), "pids\n");
        Files.writeString(cgroups.resolve("cgroup.procs"), "977\n");
        asProcess(977, "0::/\n");
        limit("", "user.slice", "7", "10");
        parent().file("cgroup", "0::/../user.slice\n").write();

        Diagnosis diagnosis = Diagnoser.of(root, cgroups).diagnose(zombie());

        assertEquals("/../user.slice", diagnosis.placement().orElseThrow().cgroup());
        assertEquals(OptionalLong.empty(), diagnosis.headroom().cgroupMax());
    }

    /** Lets {@code self} lead to this process. */
    private void asProcess(long pid, String cgroup) throws IOException {
        tree.process(pid)
                .file("cgroup", cgroup)
                .link("ns/cgroup", "cgroup:[4026532001]")
                .write();
        Files.deleteIfExists(root.resolve("self/status"));
        Files.delete(root.resolve("self"));
        Files.createSymbolicLink(root.resolve("self"), Path.of(Long.toString(pid)));
    }

    /** Where the zombie's own cgroups place it, their limit holds it, not that of its parent. */
    @Test
    void findsTheLimitOfTheZombiesOwnCgroup() throws IOException {
        parent().file("cgroup", "0::/host\n").write();
        tree.process(21).zombieOf(PARENT, 0).file("cgroup", "0::/pod\n").write();
        limit("", "host", "1", "2");
        limit("", "pod", "128", "128");

        assertEquals(Optional.of("/pod"), diagnose().headroom().cgroup());
        tree.process(21).zombieOf(PARENT, 0).file("cgroup", "0::/\n").write();
        assertEquals(Optional.of("/host"), diagnose().headroom().cgroup());
    }

    @Test
    void tellsThePidInsideTheContainer() throws IOException {
        parent().write();
        tree.process(21).zombieOf(PARENT, 0).nsPid("21\t8\t3").write();

        assertEquals(OptionalLong.of(3), diagnoser.innerPid(zombie()));
        assertEquals(OptionalLong.of(3), diagnoser.innerPid(21));
        assertEquals(OptionalLong.empty(), diagnoser.innerPid(22));
        tree.process(21).zombieOf(PARENT, 0).write();
        assertEquals(OptionalLong.empty(), diagnoser.innerPid(zombie()));
        assertEquals(OptionalLong.empty(), diagnoser.innerPid(21));
    }

    @Test
    void readsNoLimitOfOtherMachine() throws IOException {
        parent().file("cgroup", "0::/pod\n").write();

        Headroom room = Diagnoser.withoutCgroups(root).diagnose(zombie()).headroom();

        assertEquals(Optional.empty(), room.cgroup());
        assertEquals(OptionalLong.empty(), room.cgroupCurrent());
    }

    @Test
    void tellsWhereZombieAndParentAre() throws IOException {
        parent().file("cgroup", "0::/system.slice/containerd.service\n").write();
        tree.process(21)
                .zombieOf(PARENT, 0)
                .file("cgroup", "0::/lxc.payload.web1\n")
                .write();

        Diagnosis apart = diagnose();
        Optional<Placement> ofZombie = diagnoser.placement(zombie());
        tree.process(21).zombieOf(PARENT, 0).file("cgroup", "0::/\n").write();
        Diagnosis asVersion1 = diagnose();

        assertEquals("/lxc.payload.web1", apart.placement().orElseThrow().cgroup());
        assertEquals(
                Optional.of("containerd.service"),
                apart.parentPlacement().orElseThrow().unit());
        assertEquals(apart.parentPlacement(), diagnoser.placement(PARENT));
        assertEquals(apart.placement(), ofZombie);
        assertEquals(
                Optional.of("containerd.service"),
                asVersion1.placement().orElseThrow().unit());
        assertEquals(Optional.empty(), asVersion1.parentPlacement());
    }

    @Test
    void takesCgroupsWithoutUsableName() throws IOException {
        parent().file("cgroup", "0::/a\0b\n").write();

        assertEquals(OptionalLong.empty(), diagnose().headroom().cgroupMax());
        assertEquals("/a\0b", diagnose().placement().orElseThrow().cgroup());
    }

    private void limit(String mount, String group, String current, String max) throws IOException {
        Path folder = Files.createDirectories(cgroups.resolve(mount).resolve(group));
        Files.writeString(folder.resolve("pids.current"), current + "\n");
        Files.writeString(folder.resolve("pids.max"), max + "\n");
    }
}
