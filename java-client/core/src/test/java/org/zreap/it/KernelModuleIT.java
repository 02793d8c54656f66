// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.Availability;
import org.zreap.ModuleMissingException;
import org.zreap.Zreap;
import org.zreap.ZreapException;
import org.zreap.module.KernelModule;

class KernelModuleIT {

    private static final int EEXIST = 17;
    private static final int ENOEXEC = 8;

    private final KernelModule module = KernelModule.system();

    @AfterEach
    void leaveItLoaded() {
        if (!module.isLoaded()) {
            module.load(Map.of());
        }
    }

    @Test
    void goesAndComesBack() {
        module.unload();

        assertFalse(module.isLoaded());
        Availability.Unavailable gone = assertInstanceOf(Availability.Unavailable.class, Zreap.availability());
        assertEquals(Availability.Reason.MODULE_MISSING, gone.reason());
        assertThrows(ModuleMissingException.class, module::unload);

        module.load(Map.of("recent", "64"));

        assertTrue(module.isLoaded());
        assertTrue(Zreap.availability().isAvailable());
    }

    @Test
    void saysThatItIsLoadedAlready() {
        ZreapException e = assertThrows(ZreapException.class, () -> module.load(Map.of()));

        assertEquals(OptionalInt.of(EEXIST), e.errno());
    }

    @Test
    void refusesWhatIsNoModule(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("zreap.ko"), "no module");

        ZreapException e = assertThrows(ZreapException.class, () -> module.load(file, Map.of()));

        assertEquals(OptionalInt.of(ENOEXEC), e.errno());
    }
}
