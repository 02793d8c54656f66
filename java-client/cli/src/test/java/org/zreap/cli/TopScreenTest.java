// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.it.Tmux;

/** The live screen in a real terminal, with a file in the place of the kernel module. */
@Timeout(180)
class TopScreenTest {

    private static final Path PAGE = Path.of("../../docs/top.md");
    private static final String FOOTER = "? help  s sort  / filter  e explain  f fix  q quit";
    private static final String HEADER = "PID PPID START AGE_MS STATUS STATE SPARED UID THREADS TRACER PARENT COMM\n";

    @TempDir
    private Path folder;

    private Tmux terminal;

    @BeforeEach
    void prepare() throws IOException {
        terminal = new Tmux(folder);
        Path proc = Files.createDirectories(folder.resolve("proc"));
        Files.createDirectories(proc.resolve("self"));
        StringBuilder zombies = new StringBuilder(HEADER);
        for (int i = 0; i < 12; i++) {
            zombies.append(1000 + i).append(" 811 900 150000 0 reapable - 33 0 - chrome cat\n");
        }
        zombies.append("2000 134 950 7300000 768 reapable - 0 0 - python3 false\n");
        zombies.append("2001 134 951 7200000 768 reapable - 0 0 - python3 false\n");
        zombies.append("3000 135 970 45000 9 reapable - 0 0 - \\033[31m\\007x nightly.sh\n");
        Files.writeString(proc.resolve("zreap"), zombies);
        Files.writeString(proc.resolve("loadavg"), "0.00 0.01 0.05 1/310 4000\n");
        Files.createDirectories(proc.resolve("sys/kernel"));
        Files.writeString(proc.resolve("sys/kernel/pid_max"), "32768\n");
        Files.writeString(proc.resolve("sys/kernel/threads-max"), "1000\n");
        parent(811, "chrome", "/system.slice/kiosk.service");
        parent(134, "python3", "/system.slice/docker-" + "0123456789abcdef".repeat(4) + ".scope");
        parent(135, "\033[31m\007x", "/user.slice/\033[2Jevil");
    }

    private void parent(long pid, String name, String cgroup) throws IOException {
        Path parent = Files.createDirectories(folder.resolve("proc").resolve(Long.toString(pid)));
        Files.writeString(
                parent.resolve("stat"),
                pid + " (" + name + ") S 1 1 1 0 -1 4194304 25 0 0 0 0 0 0 0 20 0 1 0 " + 5 * pid
                        + " 0 0 18446744073709551615 0 0 0 0 0 0 0 6 65536 1 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n");
        Files.writeString(parent.resolve("status"), """
                Name:\tparent
                State:\tS (sleeping)
                Tgid:\t%1$d
                Pid:\t%1$d
                PPid:\t1
                TracerPid:\t0
                Uid:\t0\t0\t0\t0
                Threads:\t1
                SigBlk:\t0000000000000000
                SigIgn:\t0000000000000000
                SigCgt:\t0000000000000000
                """.formatted(pid));
        Files.writeString(parent.resolve("cgroup"), "0::" + cgroup + "\n");
    }

    @AfterEach
    void endTheTerminal() throws IOException, InterruptedException {
        terminal.close();
    }

    /** If this fails for the screen in the page, target/top-screen.txt is the right one. */
    @Test
    void showsSortsFiltersExplainsAndFixes() throws Exception {
        start(100, 24, "");
        List<String> first =
                terminal.await(screen -> isDrawn(screen) && screen.size() == 24 && Tmux.contains(screen, "PARENT"));
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/top-screen.txt"), withoutTail(first));
        assertEquals(shape(inPage()), shape(withoutTail(first)));
        assertTrue(first.stream().anyMatch(line -> line.contains("\\033[31m")), first.toString());
        assertTrue(first.get(2).startsWith(">") && first.get(2).contains(" 811 chrome"), first.toString());

        terminal.type("s", "s");
        terminal.await(
                screen -> screen.get(1).contains("OLDEST*") && screen.get(2).contains(" 134 python3"));
        terminal.type("/", "c", "h", "r", "o");
        terminal.await(screen -> Tmux.contains(screen, "filter: chro_") && !Tmux.contains(screen, "python3"));
        terminal.type("Enter");
        terminal.await(screen -> Tmux.contains(screen, "filter: chro") && !Tmux.contains(screen, "chro_"));
        terminal.type("e");
        terminal.await(
                screen -> Tmux.contains(screen, "-- Why: 811@4055 (chrome)") && Tmux.contains(screen, "cause  "));
        terminal.type("Escape");
        terminal.await(screen -> !Tmux.contains(screen, "-- Why"));
        terminal.type("Escape");
        terminal.await(screen -> Tmux.contains(screen, "python3"));
        terminal.type("f");
        terminal.await(screen -> Tmux.contains(screen, "-- Fix: 811@4055") && Tmux.contains(screen, "y fixes them"));
        terminal.type("n");
        terminal.await(screen -> !Tmux.contains(screen, "-- Fix"));
        terminal.type("?");
        terminal.await(screen -> Tmux.contains(screen, "-- Help"));
        terminal.type("q");
        List<String> after = terminal.await(screen -> Tmux.contains(screen, "restored, code 0"));
        assertTrue(Tmux.contains(after, "before the start"), "the screen of before is back: " + after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C-c", "TERM 143", "HUP 129", "INT 130"})
    void restoresTheTerminal(String end) throws Exception {
        start(80, 20, "");
        terminal.await(TopScreenTest::isDrawn);
        String[] signal = end.split(" ");
        if (signal.length == 1) {
            terminal.type(end);
            terminal.await(screen -> Tmux.contains(screen, "restored, code 0"));
        } else {
            run("kill", "-" + signal[0], Files.readString(folder.resolve("pid")).strip());
            terminal.await(screen -> Tmux.contains(screen, "restored, code " + signal[1]));
        }
    }

    /** It starts stty for that, which may not work any more. */
    @Test
    void saysHowToRestoreATerminalThatItCannotRestore() throws Exception {
        Path broken = folder.resolve("broken");
        start(100, 20, beforeStty("[ ! -e " + broken + " ] || exit 1"));
        terminal.await(TopScreenTest::isDrawn);
        Files.createFile(broken);
        terminal.type("q");
        terminal.awaitText("type stty sane");
    }

    /** A busy machine is like that. Nobody may set the terminal up meanwhile. */
    @Test
    void restoresTheTerminalWhereSttyTakesLong() throws Exception {
        start(100, 20, beforeStty("sleep 0.3"));
        terminal.await(TopScreenTest::isDrawn);
        terminal.type("q");
        terminal.await(screen -> Tmux.contains(screen, "restored, code 0"));
    }

    /** A variable for start() that puts a command before each call of stty. */
    private String beforeStty(String command) throws IOException {
        Path stty = Files.createDirectories(folder.resolve("bin")).resolve("stty");
        Files.writeString(stty, "#!/bin/sh\n" + command + "\nexec /usr/bin/stty \"$@\"\n");
        assertTrue(stty.toFile().setExecutable(true));
        return "PATH=" + stty.getParent() + ":$PATH ";
    }

    @Test
    void goesOnWhereALookFails() throws Exception {
        start(100, 20, "--from=kernel --interval=100ms");
        terminal.await(screen -> Tmux.contains(screen, "zombies: 15"));
        Files.delete(folder.resolve("proc/zreap"));
        terminal.await(screen -> Tmux.contains(screen, "zreap: ") && Tmux.contains(screen, "zombies: 15"));
        Files.writeString(folder.resolve("proc/zreap"), HEADER + "5 135 2 1000 0 reapable - 0 0 - x y\n");
        terminal.await(screen -> Tmux.contains(screen, "zombies: 1 "));
        terminal.type("q");
        terminal.await(screen -> Tmux.contains(screen, "restored, code 0"));
    }

    @Test
    void fitsTheTerminalAfterItHasAnotherSize() throws Exception {
        start(120, 24, "");
        terminal.await(screen -> Tmux.contains(screen, "WHERE") && Tmux.contains(screen, "Docker 0123456789ab"));
        terminal.resize(70, 10);
        terminal.await(screen -> screen.size() == 10 && isDrawn(screen) && !Tmux.contains(screen, "WHERE"));
        terminal.resize(120, 30);
        terminal.await(screen -> screen.size() == 30 && isDrawn(screen) && Tmux.contains(screen, "WHERE"));
        terminal.type("q");
        terminal.await(screen -> Tmux.contains(screen, "restored, code 0"));
    }

    @Test
    void tellsContainersInDetail() throws Exception {
        start(160, 20, "--wide");
        terminal.await(screen -> isDrawn(screen)
                && screen.get(1).contains("INNER")
                && screen.get(1).contains("POD")
                && Tmux.contains(screen, "0123456789ab"));
        terminal.type("q");
        terminal.await(screen -> Tmux.contains(screen, "restored, code 0"));
    }

    @ParameterizedTest
    @CsvSource({"'', true", "'NO_COLOR=1 ', false", "--no-color, false", "'NO_COLOR= ', true"})
    void standsOutByColourUnlessThatIsUnwanted(String how, boolean isColoured) throws Exception {
        start(100, 20, how);
        terminal.await(TopScreenTest::isDrawn);
        String screen = terminal.coloured();
        assertEquals(isColoured, screen.contains("\033["), screen);
        terminal.type("q");
        terminal.await(lines -> Tmux.contains(lines, "restored, code 0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM=dumb ", "--once", "--no-header", "--json", "| cat"})
    void isATableWhereNoScreenIsWanted(String how) throws Exception {
        start(100, 60, how);
        List<String> screen = terminal.await(lines -> Tmux.contains(lines, "restored, code 0"));
        assertTrue(Tmux.contains(screen, "chrome"), screen.toString());
        assertFalse(Tmux.contains(screen, FOOTER), screen.toString());
    }

    /** Starts zreap top in a terminal, which says afterwards whether it is as it was. */
    private void start(int width, int height, String how) throws IOException, InterruptedException {
        boolean isVariable = how.matches("[A-Z_]+=\\S* ");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String line = "printf 'before the start\\n'; before=$(stty -g); " + (isVariable ? how : "")
                + "sh -c 'echo $$ >" + folder.resolve("pid") + "; exec \"$@\"' sh " + java
                + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.io.tmpdir=" + folder.resolve("none")
                + " org.zreap.cli.ZreapCommand top --proc=" + folder.resolve("proc") + " " + (isVariable ? "" : how)
                + "; code=$?; [ \"$(stty -g)\" = \"$before\" ] && echo restored, code $code; exec sleep infinity";
        terminal.start(width, height, "CLASSPATH=" + System.getProperty("java.class.path"), line);
    }

    private static boolean isDrawn(List<String> screen) {
        return screen.get(screen.size() - 1).startsWith(FOOTER);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static List<String> inPage() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("```text\n") + "```text\n".length();
        return page.substring(start, page.indexOf("```", start)).lines().toList();
    }

    /** Without the blank lines in its midst, which a page need not have. */
    private static List<String> withoutTail(List<String> screen) {
        return screen.stream()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Without what depends on the moment: how many steps of time have passed. */
    private static List<String> shape(List<String> screen) {
        return screen.stream()
                .map(line -> line.replaceAll("[\u2581-\u2588 ]+", " "))
                .toList();
    }

    /** The class path has JLine, but only the screen opens it. */
    @Test
    void costsTheTableNothing() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        for (String command : List.of("list", "top")) {
            String loaded = run(
                    java,
                    "-verbose:class",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "org.zreap.cli.ZreapCommand",
                    command,
                    "--proc=" + folder.resolve("proc"));
            assertTrue(Stream.of("org.zreap.cli.ZreapCommand", "chrome").allMatch(loaded::contains), loaded);
            assertFalse(loaded.contains("org.jline."), command);
        }
    }
}
