// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleInfoTest {

    /** As kmod 30 prints it. */
    private static final String SIGNED = """
        filename:       /lib/modules/6.1.0-18-amd64/updates/dkms/zreap.ko
        version:        0.2.0
        license:        GPL
        srcversion:     75A77C1E4C8B680F03D3188
        depends:
        sig_id:         PKCS#7
        signer:         DKMS module signing key
        sig_key:        55:2F:CE
        signature:      30:65:02:31
        \t\t95:0F:65:24
        parm:           recent:how many results are kept (int)
        parm:           allow_pidns:serve containers: 0 or 1 (bool)
        """;

    @Test
    void readsTheFields() {
        ModuleInfo info = ModuleInfo.parse(SIGNED);

        assertTrue(info.isSigned());
        assertEquals(Optional.of("DKMS module signing key"), info.signer());
        assertEquals(Optional.of("75A77C1E4C8B680F03D3188"), info.field("srcversion"));
        assertEquals(Set.of("recent", "allow_pidns"), info.parameters());
        assertEquals(Optional.empty(), info.field("depends"));
    }

    @Test
    void seesThatItIsNotSigned() {
        ModuleInfo info = ModuleInfo.parse("version:        0.2.0\n");

        assertFalse(info.isSigned());
        assertEquals(Optional.empty(), info.signer());
    }

    @Test
    void knowsNothingOfAFileThatIsNoModule() {
        assertEquals(Optional.empty(), ModuleInfo.ask(Path.of("/proc/self/status")));
        assertEquals(Optional.empty(), ModuleInfo.ask(Path.of("/nowhere/zreap.ko")));
    }
}
