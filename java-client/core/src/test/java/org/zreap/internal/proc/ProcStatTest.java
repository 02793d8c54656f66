// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.CommandName;
import org.zreap.ProcTree;
import org.zreap.ProcessIdentity;

class ProcStatTest {

    private static final ProcTree TREE = new ProcTree(Path.of("unused"));

    @Test
    void readsZombieOfLinux61() {
        String captured = "12664 (sh) Z 12662 12636 4029 0 -1 4227148 25 0 0 0 0 0 0 0 20 0 1 0 131773 0 0"
                + " 18446744073709551615 0 0 0 0 0 0 0 6 65536 1 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 1792\n";

        ProcStat stat = parse(captured);

        assertEquals(
                new ProcStat(
                        new ProcessIdentity(12664, 131773),
                        CommandName.of("sh"),
                        'Z',
                        12662,
                        4029,
                        4227148,
                        1,
                        17,
                        1792),
                stat);
        assertTrue(stat.isZombie());
        assertFalse(stat.isKernelThread());
    }

    @Test
    void knowsKernelThread() {
        assertTrue(
                ProcStat.parse(TREE.process(2).name("kthreadd").kernelThread().stat())
                        .isKernelThread());
    }

    @Property
    void keepsAnyName(@ForAll @Size(max = 15) byte[] name) {
        ProcStat stat = ProcStat.parse(
                TREE.process(77).name(name).zombieOf(42, 9).start(123).stat());

        assertEquals(CommandName.of(name), stat.name());
        assertEquals(new ProcessIdentity(77, 123), stat.identity());
        assertEquals(42, stat.parentPid());
        assertEquals(9, stat.exitCode());
    }

    @Property
    void refusesAnythingElse(@ForAll byte[] noise) {
        assertThrows(IllegalArgumentException.class, () -> ProcStat.parse(noise));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ")(", "1 (sh", "1 (sh) Z 2 3", "x (sh) Z 1", "1 sh) Z"})
    void refusesCutText(String text) {
        assertThrows(IllegalArgumentException.class, () -> parse(text));
    }

    @Test
    void refusesNumberThatIsNone() {
        String stat = new String(TREE.process(5).stat(), StandardCharsets.US_ASCII);

        assertThrows(IllegalArgumentException.class, () -> parse(stat.replace(" 1000 ", " start ")));
    }

    private static ProcStat parse(String text) {
        return ProcStat.parse(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
