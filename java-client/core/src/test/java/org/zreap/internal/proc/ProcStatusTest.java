// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ProcStatusTest {

    private final ProcStatus status = ProcStatus.parse("""
            Name:\ta:b\\nUid:\t9
            State:\tZ (zombie)
            Uid:\t1000\t1001\t1002\t1003
            Groups:\t
            CapEff:\t0000000000080000
            """.getBytes(StandardCharsets.US_ASCII));

    @Test
    void findsFieldsByName() {
        assertEquals(Optional.of("Z (zombie)"), status.text("State"));
        assertEquals(Optional.of("a:b\\nUid:\t9"), status.text("Name"));
        assertEquals(Optional.empty(), status.text("Threads"));
    }

    @Test
    void readsTheFirstNumber() {
        assertEquals(Optional.of(1000L), status.number("Uid"));
        assertEquals(Optional.empty(), status.number("State"));
        assertEquals(Optional.empty(), status.number("Groups"));
        assertEquals(Optional.empty(), status.number("Threads"));
    }

    @Test
    void readsBits() {
        assertTrue(status.bit("CapEff", 19));
        assertFalse(status.bit("CapEff", 20));
        assertFalse(status.bit("CapPrm", 19));
    }

    @Property
    void takesNoiseForUnknown(@ForAll byte[] noise) {
        byte[] line = ("Uid:" + new String(noise, StandardCharsets.ISO_8859_1).replace("\n", "") + "x\n")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertEquals(Optional.empty(), ProcStatus.parse(noise).text("a field"));
        assertFalse(ProcStatus.parse(line).bit("Uid", 0));
    }
}
