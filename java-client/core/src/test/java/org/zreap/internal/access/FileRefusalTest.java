// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.internal.SystemFiles;
import org.zreap.internal.access.FileRefusal.Cause;
import org.zreap.module.MachineTree;

/** Each text of /proc/self/attr is as kernels show it to a process under such a policy. */
class FileRefusalTest {

    private static final String NARROW = "echo 1 > /proc/PID/kill-if-jiangshi";

    @TempDir
    private Path root;

    private MachineTree machine;

    @BeforeEach
    void rootInContainer() throws IOException {
        machine = new MachineTree(root).root().file("proc/zreap", "");
        modes("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker-default (enforce)",
                "containers-default-0.50.1 (enforce)",
                "cri-containerd.apparmor.d (enforce)",
                "crio-default (enforce)",
                "docker-default (complain)",
                "docker-default//&:root//lxd-c1:unconfined (mixed)",
            })
    void tellsAppArmorByItsProfile(String profile) throws IOException {
        machine.file("proc/self/attr/current", profile + "\n");

        FileRefusal refusal = refusal();

        assertEquals(Cause.CONFINED, refusal.cause());
        assertTrue(refusal.problem().contains("AppArmor's profile " + profile), refusal.problem());
        assertTrue(refusal.problem().contains("let this process in"), refusal.problem());
        assertFalse(refusal.remedy().contains("CAP_KILL"), refusal.remedy());
    }

    @Test
    void namesTheWayOfLeastPowerFirst() throws IOException {
        machine.file("proc/self/attr/apparmor/current", "docker-default (enforce)\n");

        String remedy = refusal().remedy();

        assertTrue(remedy.indexOf("modprobe zreap_jiangshi") < remedy.indexOf(NARROW), remedy);
        assertTrue(remedy.indexOf(NARROW) < remedy.indexOf("a profile that lets it write /proc/zreap"), remedy);
        assertTrue(remedy.indexOf("zreap's own profile") < remedy.indexOf("apparmor=unconfined"), remedy);
        machine.file("proc/self/kill-if-jiangshi", "");
        assertTrue(refusal().remedy().contains("first: " + NARROW), refusal()::remedy);
    }

    /** The modes show whether the module serves containers. */
    @ParameterizedTest
    @CsvSource({
        "4026531836, rw-------, false", // the initial PID namespace
        "4026532001, rw-------, true",
        "4026532001, rw-rw-rw-, false",
    })
    void saysThatTheModuleDoesNotServeThisNamespace(String namespace, String modes, boolean said) throws IOException {
        machine.file("proc/self/attr/current", "docker-default (enforce)\n")
                .link("proc/self/ns/pid", "pid:[" + namespace + "]");
        modes(modes);

        assertEquals(
                said, refusal().remedy().startsWith("first load the module with allow_pidns=1"), refusal()::remedy);
    }

    /** The directory stands for a file that the policy does not let it open. */
    @Test
    void namesNoWayThatThePolicyForbids() throws IOException {
        machine.file("proc/self/attr/current", "strict (enforce)\n").folder("proc/self/kill-if-jiangshi");

        assertFalse(refusal().remedy().contains("jiangshi"), refusal()::remedy);
    }

    @Test
    void tellsSelinuxByItsContext() throws IOException {
        machine.file("proc/self/attr/current", "system_u:system_r:container_t:s0:c1,c2\0")
                .file("sys/fs/selinux/enforce", "1");

        FileRefusal refusal = refusal();

        assertEquals(Cause.CONFINED, refusal.cause());
        assertTrue(refusal.problem().contains("system_u:system_r:container_t:s0:c1,c2"), refusal.problem());
        assertTrue(refusal.remedy().contains("label=disable comes last"), refusal.remedy());
        machine.file("sys/fs/selinux/enforce", "0");
        assertEquals(Cause.UNKNOWN, refusal().cause());
    }

    /** Such as Landlock, or the profile of an LXC container, inside of which processes read "unconfined". */
    @ParameterizedTest
    @ValueSource(strings = {"unconfined", "", "steam (unconfined)"})
    void saysThatItDoesNotKnow(String current) throws IOException {
        machine.file("proc/self/attr/current", current + "\n");

        assertEquals(Cause.UNKNOWN, refusal().cause());
        assertTrue(refusal().remedy().contains("cannot be seen from here"), refusal()::remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 0000000000000000, 4294967295, rw-------, FILE_MODE",
        "1000, 0000000000000002, 4294967295, rw-------, CONFINED", // CAP_DAC_OVERRIDE
        "0,    0000000000000000, 4294967295, rw-------, CONFINED",
        "0,    000001ffffffffff, 65536,      rw-------, FILE_MODE", // root of a user namespace
        "0,    000001ffffffffff, 65536,      rw-rw-rw-, CONFINED", // allow_pidns=1
        "1000, 0000000000000000, 4294967295, rw-rw-rw-, CONFINED",
    })
    void tellsTheModesFromThePolicy(String uid, String capabilities, String ids, String modes, Cause cause)
            throws IOException {
        machine.status(uid, capabilities)
                .file("proc/self/uid_map", "0 0 " + ids + "\n")
                .file("proc/self/attr/current", "docker-default (enforce)\n");
        modes(modes);

        assertEquals(cause, refusal().cause());
    }

    private FileRefusal refusal() {
        return FileRefusal.of(new SystemFiles(root), root.resolve("proc/zreap"));
    }

    private void modes(String modes) throws IOException {
        Files.setPosixFilePermissions(root.resolve("proc/zreap"), PosixFilePermissions.fromString(modes));
    }
}
