// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zreap.Verification;
import org.zreap.Zombie;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.module.KernelModule;

/**
 * The command zreap as root of a container that the module serves: PID, mount and user namespaces
 * of its own. Its process 1 has one zombie, with the PID 2 there.
 */
class ContainerIT {

    private static final int DONE = 0;
    private static final int REFUSED = 7;

    private static final String INIT = """
            if (!fork) { exit 5; }
            sleep 1 while 1;
            """;

    private final KernelModule module = KernelModule.system();
    private Process container;

    @BeforeEach
    void start() throws IOException {
        module.unload();
        module.load(Map.of("allow_pidns", "1"));
        container = new ProcessBuilder(
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        "perl",
                        "-e",
                        INIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @AfterEach
    void end() {
        container.descendants().forEach(ProcessHandle::destroyForcibly);
        container.destroyForcibly();
        container.onExit().join();
        module.unload();
        module.load(Map.of());
    }

    @Test
    void reapsItsOwnZombie() throws Exception {
        Zombie zombie = zombieOfInit();

        String reaped = inside(zombie.parentPid(), DONE, "reap", "2");

        assertTrue(reaped.contains("reaped, exited 5"), reaped);
        assertTrue(Verification.system().isGone(zombie.identity()));
    }

    @Test
    void isDeniedZombieOfOutsideParent() throws Exception {
        long init = zombieOfInit().parentPid();
        try (LivingParent outside = LivingParent.outsideOf(init)) {
            Zombie zombie = outside.zombie();
            String inner = Long.toString(Diagnoser.system().innerPid(zombie).orElseThrow());

            String listed = inside(init, DONE, "list");
            String refused = inside(init, REFUSED, "reap", inner);
            String swept = inside(init, DONE, "sweep", "--min-age=0s");
            String why = inside(init, DONE, "why", inner);

            assertTrue(listed.lines().anyMatch(line -> line.matches(inner + " +0 .* denied .*")), listed);
            assertTrue(refused.contains("its parent is outside of this PID namespace"), refused);
            assertTrue(refused.contains("ask on the host, by its PID there"), refused);
            assertTrue(swept.contains("1 spared: denied"), swept);
            assertTrue(why.contains("on the host: zreap list, then zreap why PID with its PID there"), why);

            String onHost = Command.run(DONE, List.of("list", "--wide", "--no-header", "--parent=" + outside.pid()));
            assertEquals(1, onHost.lines().count(), onHost);
            assertTrue(onHost.startsWith(zombie.pid() + " "), onHost);
            assertTrue(List.of(onHost.split(" +", -1)).contains(inner), onHost);
            String reaped = Command.run(DONE, List.of("reap", Long.toString(zombie.pid())));
            assertTrue(reaped.contains("reaped, exited 7"), reaped);
        }
    }

    private Zombie zombieOfInit() {
        long init = Await.value(
                        "process 1 of the container", () -> container.children().findFirst())
                .pid();
        return Await.value(
                "its zombie", () -> LivingParent.zombiesOf(init).stream().findFirst());
    }

    /** What the command prints in the container of this process 1. */
    private static String inside(long init, int expectedExit, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder zreap = Command.builder(List.of(arguments)).redirectErrorStream(true);
        List<String> command = new ArrayList<>(
                List.of("nsenter", "--target=" + init, "--user", "--pid", "--mount", "--wd=/proc/" + init + "/cwd"));
        command.addAll(zreap.command());
        return Command.run(expectedExit, zreap.command(command));
    }
}
