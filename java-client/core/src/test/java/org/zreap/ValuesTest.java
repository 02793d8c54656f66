// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "0, exited 0",
        "1792, exited 7",
        "65280, exited 255",
        "9, killed by SIGKILL",
        "139, killed by SIGSEGV (core dumped)",
        "31, killed by SIGSYS",
        "34, killed by SIGRTMIN",
        "37, killed by SIGRTMIN+3",
        "64, killed by SIGRTMIN+30",
        "33, killed by signal 33",
    })
    void readsWaitStatus(int status, String text) {
        assertEquals(text, ExitStatus.ofWaitStatus(status).toString());
    }

    @Test
    void everyWaitStatusSurvives() {
        for (int status = 0; status <= 0xffff; status++) {
            int signal = status & 0x7f;
            boolean ended = signal == 0 ? (status & 0x80) == 0 : signal != 0x7f && status <= 0xff;
            if (ended) {
                assertEquals(status, ExitStatus.ofWaitStatus(status).waitStatus());
            } else {
                int refused = status;
                assertThrows(IllegalArgumentException.class, () -> ExitStatus.ofWaitStatus(refused));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0x10000, 0x137f, 0xffff, 0x7f, 0x80})
    void refusesStatusOfProcessThatHasNotEnded(int status) {
        assertThrows(IllegalArgumentException.class, () -> ExitStatus.ofWaitStatus(status));
    }

    @Test
    void statusesCheckThemselves() {
        assertThrows(IllegalArgumentException.class, () -> new ExitStatus.Exited(256));
        assertThrows(IllegalArgumentException.class, () -> new ExitStatus.Signalled(0, false));
        assertThrows(IllegalArgumentException.class, () -> new ExitStatus.Signalled(127, false));
    }

    @Property
    void namesPrintAsPlainAscii(@ForAll byte[] bytes) {
        String text = CommandName.of(bytes).toString();

        assertTrue(text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e));
    }

    @Test
    void namesAreBytes() {
        byte[] bytes = "n\u00e4me \\\n".getBytes(StandardCharsets.UTF_8);
        CommandName name = CommandName.of(bytes);
        bytes[0] = 'x';
        name.bytes()[0] = 'y';

        assertEquals("n\\303\\244me \\134\\012", name.toString());
        assertEquals("n\u00e4me \\\n", name.text());
        assertEquals(CommandName.of("n\u00e4me \\\n"), name);
        assertEquals(CommandName.of("n\u00e4me \\\n").hashCode(), name.hashCode());
        assertNotEquals(CommandName.of("name"), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4194304", "12@0", "12@9223372036854775807"})
    void readsTargets(String text) {
        assertEquals(text, Target.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "4194305",
                "-1",
                "+1",
                "01",
                " 1",
                "1 ",
                "1@",
                "@1",
                "1@-2",
                "1@2@3",
                "0x10",
                "1e3",
                "\u0661",
                "12@99999999999999999999"
            })
    void refusesWhatIsNoTarget(String text) {
        assertThrows(IllegalArgumentException.class, () -> Target.parse(text));
    }

    @Test
    void identitiesCheckThemselves() {
        assertThrows(IllegalArgumentException.class, () -> new ProcessIdentity(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new ProcessIdentity(1, -1));
    }
}
