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

/** Where zombies are, and how much room there is. */
class PlaceAndRoomTest extends OneZombie {

    @ParameterizedTest
    @CsvSource({
        "0, 0000000000000000, false",
        "1000, 0000000000000000, true",
        "1000, 000001ffffffffff, false",
    })
    void knowsWhoseForksAreLimited(long uid, String capabilities, boolean limited) throws IOException {
        parent().uid(uid)
                .file("limits", "Max processes             10                10            processes\n")
                .link("ns/user", "user:[4026531837]")
                .write();
        Path status = root.resolve("10/status");
        Files.writeString(status, Files.readString(status).replaceAll("CapEff:.*", "CapEff:\t" + capabilities));
        Files.createDirectories(root.resolve("self/ns"));
        Files.createSymbolicLink(root.resolve("self/ns/user"), Path.of("user:[4026531837]"));

        assertEquals(limited, diagnose().headroom().userMax().isPresent());
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
        tree.process(21).zombieOf(PARENT, 0).file("cgroup", "0::/\n").write();
        Diagnosis asVersion1 = diagnose();

        assertEquals("/lxc.payload.web1", apart.placement().orElseThrow().cgroup());
        assertEquals(
                Optional.of("containerd.service"),
                apart.parentPlacement().orElseThrow().unit());
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
