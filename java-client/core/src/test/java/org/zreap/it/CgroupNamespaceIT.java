// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.diagnosis.Placement;
import org.zreap.diagnosis.TaskLimit;

/** A reader in a cgroup namespace of its own, with the host's PID namespace, as in a container. */
class CgroupNamespaceIT {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    /** Goes into the cgroup $1, and starts what follows in a cgroup namespace that begins there. */
    private static final String INSIDE = "echo $$ > \"$1/cgroup.procs\"; shift; exec unshare --cgroup \"$@\"";

    private final Path outer = ROOT.resolve("zreap-it-namespace");
    private final Path own = outer.resolve("own");
    private final Path other = outer.resolve("other");

    @TempDir
    private Path folder;

    @BeforeEach
    void makeCgroups() throws IOException {
        Files.createDirectory(outer);
        Files.writeString(outer.resolve("cgroup.subtree_control"), "+pids");
        Files.createDirectory(own);
        Files.createDirectory(other);
        Files.writeString(other.resolve("pids.max"), "50");
    }

    @AfterEach
    void removeCgroups() throws IOException {
        for (Path cgroup : List.of(own, other)) {
            Await.value(
                    "the end of " + cgroup, () -> cgroup.toFile().delete() ? Optional.of(cgroup) : Optional.empty());
        }
        Files.delete(outer);
    }

    @Test
    void findsPlaceAndLimitsOfOthers() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            parent.zombie();
            Files.writeString(other.resolve("cgroup.procs"), Long.toString(parent.pid()));

            String seen = OtherJvm.in(folder)
                    .run(List.of("sh", "-c", INSIDE, "sh", own.toString()), Reader.class, Long.toString(parent.pid()));

            assertEquals("/../other -> /zreap-it-namespace/other, at most 50", seen);
        }
    }

    /** Prints the cgroup of a process as the kernel shows it, as the library does, and its limit. */
    static final class Reader {

        private Reader() {}

        public static void main(String... arguments) throws IOException {
            long pid = Long.parseLong(arguments[0]);
            Diagnoser diagnoser = Diagnoser.system();
            String shown = Files.readString(Path.of("/proc", arguments[0], "cgroup"))
                    .lines()
                    .filter(line -> line.startsWith("0::"))
                    .map(line -> line.substring("0::".length()))
                    .findFirst()
                    .orElseThrow();
            OptionalLong max = diagnoser.taskLimits(pid).stream()
                    .map(TaskLimit::max)
                    .findFirst()
                    .orElseThrow();
            System.out.println(shown + " -> "
                    + diagnoser.placement(pid).map(Placement::cgroup).orElse("nowhere") + ", at most "
                    + max.orElse(-1));
        }
    }
}
