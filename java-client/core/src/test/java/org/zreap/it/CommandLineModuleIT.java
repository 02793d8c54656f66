// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zreap.Availability;
import org.zreap.Zreap;
import org.zreap.module.KernelModule;

/** The commands about the module itself: doctor, unload and load. */
class CommandLineModuleIT {

    private static final int DONE = 0;
    private static final int MODULE_MISSING = 3;
    private static final int FAILED = 5;

    @AfterEach
    void leaveItLoaded() {
        if (!KernelModule.system().isLoaded()) {
            KernelModule.system().load(Map.of());
        }
    }

    @Test
    void unloadsAndLoads() throws Exception {
        assertEquals("", zreap(DONE, "unload"));

        Availability.Unavailable gone = assertInstanceOf(Availability.Unavailable.class, Zreap.availability());
        assertEquals(Availability.Reason.MODULE_MISSING, gone.reason());
        String doctor = zreap(MODULE_MISSING, "doctor");
        assertTrue(doctor.contains("module loaded     no"), doctor);
        assertTrue(doctor.contains("do:      modprobe zreap"), doctor);

        assertEquals("", zreap(DONE, "load", "recent=64"));

        assertEquals(
                "64",
                Files.readString(Path.of("/sys/module/zreap/parameters/recent")).strip());
        assertTrue(Zreap.availability().isAvailable());
        assertEquals("", zreap(DONE, "load"));
        assertEquals("", zreap(DONE, "load", "recent=64", "allow_pidns=0"));
        assertTrue(zreap(FAILED, "load", "recent=65").contains("is loaded already, with recent=64"));
    }

    @Test
    void saysThatTheModuleRefusesItsParameters() throws Exception {
        KernelModule.system().unload();

        assertTrue(zreap(FAILED, "load", "recent=0").contains("see the kernel log"));
        assertFalse(KernelModule.system().isLoaded());
    }

    @Test
    void refusesParametersThatTheModuleLacks() throws Exception {
        assertTrue(zreap(FAILED, "load", "recnt=64").contains("has no parameter recnt"));
        KernelModule.system().unload();

        assertTrue(zreap(FAILED, "load", "recnt=64").contains("has no parameter recnt"));
        assertFalse(KernelModule.system().isLoaded());
    }

    @Test
    void loadsAsModprobeIsConfigured() throws Exception {
        Path configuration = Path.of("/etc/modprobe.d/zreap-test.conf");
        try {
            Files.writeString(configuration, "options zreap recent=77\n");
            zreap(DONE, "unload");
            zreap(DONE, "load");
            assertEquals("77", KernelModule.system().parameters().get("recent"));
            zreap(DONE, "unload");
            zreap(DONE, "load", "recent=64");
            assertEquals("64", KernelModule.system().parameters().get("recent"));
            zreap(DONE, "unload");

            Files.writeString(configuration, "install zreap /bin/true\n");
            assertTrue(zreap(FAILED, "load").contains("look for a line \"install zreap\" in modprobe.d(5)"));
        } finally {
            Files.delete(configuration);
        }
    }

    private static String zreap(int expectedExit, String... arguments) throws Exception {
        return Command.run(expectedExit, List.of(arguments));
    }
}
