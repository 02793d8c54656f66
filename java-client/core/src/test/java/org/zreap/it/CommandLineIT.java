// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.zreap.ProcessIdentity;
import org.zreap.Transport;
import org.zreap.Verification;
import org.zreap.Zombie;

/** The command zreap as it is shipped, in a JVM of its own. */
@ParameterizedClass
@EnumSource(Transport.class)
class CommandLineIT {

    private static final int REFUSED = 7;

    @Parameter
    private Transport transport;

    @Test
    void listsAndReaps() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();

            String listed = zreap(0, "list", "--from", "kernel");
            String reaped = zreap(0, "reap", zombie.identity().toString());

            assertTrue(listed.lines().anyMatch(line -> line.startsWith(zombie.pid() + " ")), listed);
            assertTrue(reaped.contains("reaped, exited 7"), reaped);
            assertTrue(Verification.system().isGone(zombie.identity()));
            assertTrue(zreap(0, "reap", zombie.identity().toString()).contains("gone"));
        }
    }

    @Test
    void printsAllThoughItsLogIsLost() throws Exception {
        try (LivingParent parent = LivingParent.ofExits(5)) {
            List<Zombie> zombies = parent.zombies(5);

            String logged = Command.run(0, debugging(zombies, "--dry-run").redirectErrorStream(true));
            String printed = Command.run(0, debugging(zombies).redirectError(new File("/dev/full")));

            assertTrue(logged.contains(" DEBUG ") && logged.contains("5 targets"), logged);
            List<String> rows = printed.lines().toList();
            assertEquals(1 + 5, rows.size(), printed);
            for (int i = 0; i < 5; i++) {
                Zombie zombie = zombies.get(i);
                assertTrue(rows.get(1 + i).startsWith(zombie.pid() + " "), printed);
                assertTrue(rows.get(1 + i).endsWith("reaped, " + zombie.status().orElseThrow()), printed);
            }
        }
    }

    private ProcessBuilder debugging(List<Zombie> zombies, String... options) {
        List<String> line = new ArrayList<>(List.of("reap", "--transport", transport.name()));
        line.addAll(List.of(options));
        zombies.forEach(zombie -> line.add(zombie.identity().toString()));
        ProcessBuilder command = Command.builder(line);
        command.command().add(1, "-Dorg.slf4j.simpleLogger.defaultLogLevel=debug");
        return command;
    }

    @Test
    void sweepsOneParent() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7");
                LivingParent other = LivingParent.of("exit 8")) {
            Zombie zombie = parent.zombie();
            Zombie spared = other.zombie();
            String pid = Long.toString(parent.pid());

            String would = zreap(0, "sweep", "--min-age", "0s", "--parent", pid, "--dry-run");
            String done = zreap(0, "sweep", "--min-age", "0s", "--parent", pid);

            assertTrue(would.contains("would-reap"), would);
            assertTrue(done.contains("reaped, exited 7"), done);
            assertTrue(Verification.system().isGone(zombie.identity()));
            assertFalse(Verification.system().isGone(spared.identity()));
        }
    }

    @Test
    void sparesChildrenOfStoppedParent() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();
            parent.stop();

            String why = zreap(0, "why", Long.toString(zombie.pid()));
            String swept = zreap(0, "sweep", "--min-age", "0s", "--parent", Long.toString(parent.pid()));
            String forced = zreap(0, "reap", "--force", zombie.identity().toString());

            assertTrue(why.contains("do not reap: the parent may wait when it goes on."), why);
            assertTrue(swept.contains("1 spared: parent-stopped ("), swept);
            assertTrue(swept.contains("children of " + parent.pid() + " (sleep)"), swept);
            assertTrue(forced.contains("reaped, exited 7"), forced);
            assertTrue(parent.isAlive());
        }
    }

    @Test
    void tellsWhatWasDone() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();
            zreap(0, "reap", zombie.identity().toString());

            String recent = zreap(0, "recent", "--json");

            String row = "\"pid\":" + zombie.pid() + ",\"start\":"
                    + zombie.identity().startTicks() + ",\"result\":\"reaped\"";
            assertTrue(recent.lines().anyMatch(line -> line.contains(row) && line.contains("\"exitCode\":7")), recent);
        }
    }

    @Test
    void fixesStepByStep() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7", "exit 8")) {
            List<Zombie> zombies = parent.zombies(2);

            String told =
                    zreap(0, "fix", "--steps", "nudge,reap", "--wait", "10ms", "--parent", Long.toString(parent.pid()));

            assertTrue(told.contains(": nudge: SIGCHLD sent to " + parent.pid() + "@"), told);
            assertTrue(told.contains(": nudge: SIGCHLD was sent to " + parent.pid() + "@"), told);
            assertTrue(told.contains(": reap: reaped, exited 7") && told.contains(": reap: reaped, exited 8"), told);
            zombies.forEach(zombie -> assertTrue(Verification.system().isGone(zombie.identity())));
            assertTrue(parent.isAlive());
        }
    }

    @Test
    void killsTheParentThatIsNamed() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();
            String named = ProcessIdentity.of(parent.pid()).orElseThrow().toString();

            String told =
                    zreap(0, "fix", "--steps", "nudge", "--wait", "10s", "--kill-parent", named, "" + zombie.pid());

            assertTrue(told.contains(": kill-parent: SIGKILL sent to " + named + "; the zombie went"), told);
        }
    }

    @Test
    void handsOver() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7");
                Adopter adopter = Adopter.start()) {
            Zombie zombie = parent.zombie();

            String told = zreap(
                    0,
                    "adopt",
                    "--json",
                    "--to",
                    Long.toString(adopter.pid()),
                    "--signal",
                    "USR1",
                    Long.toString(zombie.pid()));

            assertEquals(zombie.pid() + " " + (7 << 8), adopter.nextLine());
            assertTrue(told.contains("\"adopter\" : " + adopter.pid()), told);
        }
    }

    @Test
    void releasesAndRefuses() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();

            String told = zreap(REFUSED, "release", Long.toString(parent.pid()), Long.toString(zombie.pid()));

            assertTrue(told.contains("it is alive"), told);
            assertTrue(told.contains("released, exited 7"), told);
            assertTrue(parent.isAlive());
        }
    }

    @Test
    void explainsAndChecks() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            long pid = parent.zombie().pid();

            String why = zreap(0, "why", Long.toString(pid));
            String top = zreap(0, "top");
            String doctor = zreap(0, "doctor");

            assertTrue(why.contains("has not waited for this one"), why);
            assertTrue(top.contains(" " + parent.pid() + " "), top);
            assertEquals(
                    List.of("module loaded     yes", "procfs            yes", "netlink           yes"),
                    doctor.lines().skip(2).limit(3).toList());
            assertFalse(doctor.contains("too old"), doctor);
        }
    }

    private String zreap(int expectedExit, String subcommand, String... arguments)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(subcommand, "--transport", transport.name()));
        line.addAll(List.of(arguments));
        return Command.run(expectedExit, line);
    }
}
