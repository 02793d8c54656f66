// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminToolTest {

    @TempDir
    private Path folder;

    @Test
    void tellsAllThatTheProgramSays() {
        assertEquals(
                Optional.of(new AdminTool.Answer(3, "a\nb\nC\n")),
                AdminTool.ofSystem("sh", List.of("-c", "echo a; echo b >&2; echo $LC_ALL; exit 3")));
        assertEquals(Optional.empty(), AdminTool.ofSystem("no-such-program-of-kmod", List.of()));
    }

    @Test
    void findsWhatCanBeRun() throws IOException {
        Path text =
                Files.writeString(Files.createDirectory(folder.resolve("first")).resolve("tool"), "");
        Path program = Files.writeString(
                Files.createDirectory(folder.resolve("second")).resolve("tool"), "");
        assertTrue(program.toFile().setExecutable(true));

        assertEquals(Optional.of(program), AdminTool.find("tool", ":" + text.getParent() + ":" + program.getParent()));
        assertEquals(Optional.empty(), AdminTool.find("tool", text.getParent().toString()));
    }
}
