// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.ProcessIdentity;
import org.zreap.ZombieScanner;

/** A real parent with two zombies, and a file that lists them in the place of the kernel module. */
class FixCommandTest {

    private static final String HEADER = "PID PPID START AGE_MS STATUS STATE SPARED UID THREADS TRACER PARENT COMM\n";

    /** Prints the PID of each child when that is a zombie, then becomes a program that never waits. */
    private static final String PARENT = """
            $| = 1;
            for (7, 8) {
                my $child = fork;
                if (!$child) { exit $_; }
                my $stat = "";
                while ($stat !~ /[)] Z /) {
                    open my $file, "<", "/proc/$child/stat" or die;
                    $stat = <$file>;
                    select undef, undef, undef, 0.01;
                }
                print "$child\\n";
            }
            exec "sleep", "100000";
            """;

    @TempDir
    private Path proc;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<ProcessIdentity> zombies = new ArrayList<>();
    private Process parent;

    @BeforeEach
    void start() throws IOException {
        parent = new ProcessBuilder("perl", "-e", PARENT).start();
        var lines = parent.inputReader();
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < 2; i++) {
            long pid = Long.parseLong(lines.readLine());
            ProcessIdentity zombie =
                    ZombieScanner.system().find(pid).orElseThrow().identity();
            zombies.add(zombie);
            rows.append(
                    pid + " " + parent.pid() + " " + zombie.startTicks() + " 61000 1792 reapable - 0 0 - sleep perl\n");
        }
        Files.writeString(proc.resolve("zreap"), rows);
    }

    @AfterEach
    void end() throws InterruptedException {
        parent.destroyForcibly().waitFor();
    }

    @Test
    void tellsEachStepAndNudgesOnce() throws IOException {
        String name = ProcessIdentity.of(parent.pid()).orElseThrow().toString();

        assertEquals(ZreapCommand.REFUSED, fix("--steps=nudge", "--wait=0s", "--parent=" + name));

        List<String> lines = out.toString().lines().toList();
        assertEquals(5, lines.size(), out.toString());
        String nudged = " (perl): nudge: SIGCHLD sent to " + name + "; the zombie stayed for 0 ms";
        assertEquals(zombies.get(0) + nudged, lines.get(0));
        assertEquals(zombies.get(0) + " (perl): still there", lines.get(1));
        assertEquals(zombies.get(1) + " (perl): nudge: SIGCHLD was sent to " + name + " before", lines.get(2));
        assertEquals("0 of 2 zombies are gone", lines.get(4));
        assertTrue(parent.isAlive());
    }

    @Test
    void onlySaysWhatItWouldDo() throws IOException {
        String before = Files.readString(proc.resolve("zreap"));

        assertEquals(
                ZreapCommand.DONE,
                fix("--json", "--dry-run", "--steps=nudge", zombies.get(1).toString()));

        List<String> lines = Schemas.assertValid("fix", out.toString());
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).contains("\"explanation\":\"a dry run: SIGCHLD would go to " + parent.pid() + "@"));
        assertTrue(lines.get(0).endsWith("\"gone\":false}"), lines.get(0));
        assertEquals(before, Files.readString(proc.resolve("zreap")));
    }

    @Test
    void refusesWhatIsNoZombie() {
        ProcessIdentity former = new ProcessIdentity(zombies.get(0).pid(), 1);

        assertEquals(
                ZreapCommand.REFUSED, fix("--steps=nudge", Long.toString(parent.pid()), former.toString(), "4194304"));
        assertEquals(
                "zreap: " + parent.pid() + " is no zombie\nzreap: " + former
                        + " is no zombie\nzreap: 4194304 is not there any more\n",
                err.toString());
        assertEquals(ZreapCommand.DONE, fix("4194304"));
        assertEquals("", out.toString());
    }

    private int fix(String... arguments) {
        List<String> line = new ArrayList<>(List.of("fix", "--proc", proc.toString()));
        line.addAll(List.of(arguments));
        return Parser.of("fix")
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.toArray(String[]::new));
    }
}
