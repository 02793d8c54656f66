// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.diagnosis.Finding;

/**
 * A start script leaves a helper behind and becomes Java by exec; the helper then ends. As process
 * 1 of a container and below it, with the script as it is and with each fix that the diagnosis
 * names.
 */
class StartScriptIT {

    private static final String PROGRAM = GateOpener.class.getName();

    /** Interpreted: compiled code of Java has crashed in emulation. */
    private static final String JAVA = "java -Xint -cp '" + testClasses() + "' " + PROGRAM;

    private static final String LEAVES_CHILD = "sh \"$PWD/helper\" & exec " + JAVA;
    private static final String LEAVES_ORPHAN = "( sh \"$PWD/helper\" & ) ; exec " + JAVA;
    private static final String DOES_NOT_EXEC = "sh \"$PWD/helper\" & " + JAVA;

    private static final List<String> BELOW = List.of("sh", "start");
    private static final List<String> AS_PROCESS_1 =
            List.of("unshare", "--pid", "--fork", "--kill-child", "sh", "start");

    /** The shell stands for the init: it waits for every child. */
    private static final List<String> UNDER_INIT =
            List.of("unshare", "--pid", "--fork", "--kill-child", "sh", "-c", "sh start; exit 0");

    private final ZombieScanner scanner = ZombieScanner.system();

    @TempDir
    private Path folder;

    private Optional<Process> container = Optional.empty();

    /** The helper reads from a pipe until Java opens it. */
    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        new ProcessBuilder("mkfifo", folder.resolve("gate").toString()).start().waitFor();
        Files.writeString(folder.resolve("helper"), "read -r line < gate\n");
    }

    private static Path testClasses() {
        return Path.of(URI.create(GateOpener.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    @AfterEach
    void end() {
        container.ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    @Test
    void zombieIsFromBeforeExec() throws IOException {
        Finding finding = finding(BELOW, LEAVES_CHILD);

        assertEquals(Finding.Kind.FROM_BEFORE_EXEC, finding.kind());
        assertTrue(finding.isCertain());
        assertTrue(finding.fixes().get(0).text().contains("( helper & )"), finding.fixes()::toString);
    }

    @Test
    void zombieOfProcess1IsFromBeforeExec() throws IOException {
        Finding finding = finding(AS_PROCESS_1, LEAVES_CHILD);

        assertEquals(Finding.Kind.FROM_BEFORE_EXEC, finding.kind());
        assertTrue(finding.fixes().get(0).text().startsWith("an init alone (--init, tini) does not help"));
    }

    @Test
    void initAloneDoesNotHelp() throws IOException {
        assertEquals(
                Finding.Kind.FROM_BEFORE_EXEC, finding(UNDER_INIT, LEAVES_CHILD).kind());
    }

    @Test
    void orphanHelps() throws IOException {
        leavesNoZombie(BELOW, LEAVES_ORPHAN);
    }

    @Test
    void orphanUnderInitHelps() throws IOException {
        leavesNoZombie(UNDER_INIT, LEAVES_ORPHAN);
    }

    @Test
    void shellThatStaysHelps() throws IOException {
        leavesNoZombie(AS_PROCESS_1, DOES_NOT_EXEC);
    }

    private Finding finding(List<String> command, String script) throws IOException {
        start(command, script);
        awaitEndOfHelper();
        Zombie zombie = Await.value("the zombie", () -> zombiesOfJava().stream().findFirst());
        return Diagnoser.system().diagnose(zombie).finding();
    }

    private void leavesNoZombie(List<String> command, String script) throws IOException {
        start(command, script);
        awaitEndOfHelper();

        assertEquals(List.of(), zombiesOfJava());
    }

    private void awaitEndOfHelper() {
        Process started = container.orElseThrow();
        Await.value("Java", () -> {
            assertTrue(started.isAlive(), () -> "it ended with " + started.exitValue());
            return Optional.of("passed").filter(name -> Files.exists(folder.resolve(name)));
        });
        String helper = folder.resolve("helper").toString();
        Await.value(
                "the helper's end",
                () -> Optional.of(helper)
                        .filter(path -> ProcessHandle.allProcesses().noneMatch(process -> has(process, path))));
    }

    private List<Zombie> zombiesOfJava() {
        Process started = container.orElseThrow();
        List<Long> java = Stream.concat(Stream.of(started.toHandle()), started.descendants())
                .filter(process -> has(process, PROGRAM))
                .map(ProcessHandle::pid)
                .toList();
        return scanner.stream()
                .filter(zombie -> java.contains(zombie.parentPid()))
                .toList();
    }

    private static boolean has(ProcessHandle process, String argument) {
        return process.info()
                .arguments()
                .filter(arguments -> List.of(arguments).contains(argument))
                .isPresent();
    }

    private void start(List<String> command, String script) throws IOException {
        Files.writeString(folder.resolve("start"), script + "\n");
        container = Optional.of(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }
}
