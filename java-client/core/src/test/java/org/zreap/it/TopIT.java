// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The screen of zreap top as it is shipped, in a real terminal. */
@Timeout(600)
class TopIT {

    @TempDir
    private Path folder;

    @Test
    void explainsAndFixesTheChosenParent() throws Exception {
        try (LivingParent parent = LivingParent.ofExits(5);
                LivingParent other = LivingParent.of("exit 7");
                Tmux terminal = new Tmux(folder)) {
            parent.zombies(5);
            other.zombie();
            String zreap = String.join(
                    " ", Command.builder(List.of("top", "--from=kernel")).command());
            terminal.start(120, 40, "TERM=tmux-256color", zreap + "; echo ended by $?; cat");
            terminal.awaitText("? help");

            terminal.type("/", Long.toString(parent.pid()), "Enter");
            terminal.await(screen -> Tmux.contains(screen, " " + parent.pid() + " sleep ")
                    && !Tmux.contains(screen, " " + other.pid() + " sleep "));
            terminal.type("e");
            terminal.awaitText("5 alike");
            terminal.type("f");
            terminal.awaitText("y fixes them");
            terminal.type("n");
            terminal.await(screen -> !Tmux.contains(screen, "y fixes them"));
            assertEquals(5, parent.zombies().size());

            terminal.type("f");
            terminal.awaitText("y fixes them");
            terminal.type("y");
            terminal.awaitText("5 of 5 zombies are gone");
            terminal.awaitText("the filter leaves nothing");
            assertTrue(parent.isAlive());
            assertEquals(1, other.zombies().size());
            terminal.type("q");
            terminal.awaitText("ended by 0");
        }
    }
}
