// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.IOUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.zreap.ReapOptions;
import org.zreap.Transport;
import org.zreap.Verification;
import org.zreap.Zombie;
import org.zreap.Zreap;

/** The command zreap as it is shipped, in a JVM of its own. */
@ParameterizedClass
@EnumSource(Transport.class)
class CommandLineIT {

    private static final int REFUSED = 1;

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
            assertTrue(zreap(REFUSED, "reap", zombie.identity().toString()).contains("gone"));
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
            assertTrue(doctor.lines().noneMatch(line -> line.contains(" no")), doctor);
        }
    }

    @Test
    void watches() throws Exception {
        Process watch = new ProcessBuilder(command("watch")).start();
        try (LivingParent parent = LivingParent.ofExits(1);
                BufferedReader lines = watch.inputReader(StandardCharsets.UTF_8)) {
            Zombie zombie = parent.zombie();
            // What comes before it has subscribed it does not hear of, so it is asked until it does.
            Await.value("the first result to be heard", () -> {
                ask(zombie);
                return Optional.of(true).filter(yes -> isReady(lines));
            });

            assertTrue(lines.readLine().contains("would be reaped"), "another line");
        } finally {
            watch.destroy();
            watch.onExit().join();
        }
    }

    private void ask(Zombie zombie) {
        try (Zreap zreap = Zreap.open(transport)) {
            zreap.reap(List.of(zombie), ReapOptions.builder().dryRun(true).build());
        }
    }

    private static boolean isReady(BufferedReader lines) {
        try {
            return lines.ready();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String zreap(int expectedExit, String subcommand, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = command(subcommand, "--transport", transport.name());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = IOUtils.toString(process.getInputStream(), StandardCharsets.UTF_8);
        assertEquals(expectedExit, process.waitFor(), output);
        return output;
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                "java-client/cli/target/zreap-cli.jar"));
        command.addAll(List.of(arguments));
        return command;
    }
}
