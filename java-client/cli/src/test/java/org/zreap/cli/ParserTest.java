// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ParserTest {

    private final Map<String, CommandLine> all = Parser.of().getSubcommands();

    @Test
    void knowsOnlyTheCommandThatIsNamed() {
        for (String name : all.keySet()) {
            Map<String, CommandLine> known = Parser.of(name, "--help").getSubcommands();

            assertEquals(name.equals("help") ? all.keySet() : Set.of(name), known.keySet());
            assertEquals(all.get(name).getUsageMessage(), known.get(name).getUsageMessage());
        }
    }

    @Test
    void knowsAllIfNoneIsNamed() {
        assertTrue(all.containsKey("sweep"), all.keySet()::toString);
        assertEquals(all.keySet(), Parser.of("--help").getSubcommands().keySet());
        assertEquals(all.keySet(), Parser.of("swep").getSubcommands().keySet());
    }
}
