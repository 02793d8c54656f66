// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.Failure;
import org.zreap.ZreapException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What the command does without the kernel module. */
class ZreapCommandTest {

    private static final String LIST_HEADER =
            "PID PPID START AGE_MS STATUS STATE SPARED UID THREADS TRACER PARENT COMM\n";

    private static final String RESULTS =
            "PID RESULT ERRNO STATUS UTIME_US STIME_US MAXRSS_KB AGE_MS THREADS TRACER ADOPTER"
                    + " PPID START PARENT COMM\n";

    private static final String TARGET = "4000000@1234567890123456";

    @TempDir
    private Path proc;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command = Parser.of().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @BeforeEach
    void prepare() throws IOException {
        Path self = Files.createDirectory(proc.resolve("self"));
        Files.writeString(self.resolve("status"), "CapEff:\t000001ffffffffff\n");
    }

    @Test
    void helpTellsExitCodes() {
        assertEquals(ZreapCommand.DONE, run("--help"));
        assertTrue(out.toString().contains("the kernel module is not loaded"), out.toString());
    }

    /** With sudo, a file that only root may read. */
    @Test
    void printsNothingOfFilesThatArgumentsName() throws IOException {
        Path file = Files.writeString(proc.resolve("shadow"), "root:$y$hash\n");

        assertEquals(ZreapCommand.WRONG_COMMAND_LINE, run("list", "@" + file));
        assertFalse(err.toString().contains("hash"), err.toString());
        assertTrue(err.toString().contains("@" + file), err.toString());
    }

    @Test
    void listsFromProc() {
        assertEquals(ZreapCommand.DONE, run("list", "--from", "proc"));
        assertTrue(out.toString().startsWith("PID"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "1@", "4194305", "1 2"})
    void refusesWhatIsNoPid(String pid) {
        assertEquals(ZreapCommand.WRONG_COMMAND_LINE, run("reap", pid));
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "adopt --signal=KILL 1, SIGKILL tells nobody anything",
        "adopt --signal=65 1, there is no signal 65",
        "adopt --signal=usr1 1, there is no signal usr1",
        "adopt --to=0 1, a PID is a number from 1 to 4194304",
        "adopt --to=x 1, 'x' is neither PID nor PID@START",
        "adopt --to=4000000@5 1, there is no process 4000000@5 that the zombies could be given to",
        "adopt --min-age=60 1, '60' is not a duration such as 500ms",
        "adopt --min-age=-1s 1, '-1s' is not a duration such as 500ms",
        "fix, 'name zombies, or their parent by --parent'",
        "fix --parent=10 77, 'name zombies, or their parent by --parent'",
        "fix --kill-parent=10 77, '10' is no PID@START; zreap why shows it in the line parents",
        "fix --steps=kill 77, 'expected one of [NUDGE, ADOPT, REAP]'",
        "sweep --parent=0, a PID is a number from 1 to 4194304",
        "sweep --protect=5@x, '5@x' is neither PID nor PID@START",
        "sweep --protect=0, a PID is a number from 1 to 4194304",
        "sweep --limit=0, 'a limit is positive, not 0'",
        "top --interval=99ms, '--interval is from 100ms to 1h, not 99ms'",
        "top --interval=2h, '--interval is from 100ms to 1h, not 2h'",
        "sweep --min-age=60, '60' is not a duration such as 500ms",
    })
    void refusesOptionsThatMakeNoSense(String line, String why) {
        assertEquals(ZreapCommand.WRONG_COMMAND_LINE, run(line.split(" ")));
        assertTrue(err.toString().contains(why), err.toString());
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kill 161|zreap: there is no command 'kill'; did you mean zreap reap?|zreap",
                "lst|zreap: there is no command 'lst'; did you mean zreap list?|zreap",
                "161|zreap: there is no command '161'; did you mean zreap why 161?|zreap",
                "list 161|zreap: zreap list takes no argument '161'; did you mean zreap why 161?|zreap list",
                "sweep 161@7|zreap: zreap sweep takes no argument '161@7'; did you mean zreap reap 161@7?|zreap sweep",
                "sweep all|zreap sweep takes no argument 'all'; sweep takes all that are old enough;|zreap sweep",
                "sweep min-age=5m|takes no argument 'min-age=5m'; did you mean --min-age=5m?|zreap sweep",
                "fix 161,162|zreap: '161,162' is neither PID nor PID@START: write blanks|zreap fix",
                "reap nginx|zreap: 'nginx' is neither PID nor PID@START: not a decimal number: nginx|zreap reap",
                "load recent|zreap: 'recent' is no NAME=VALUE|zreap load",
                "reap --parent=5|zreap reap has no option --parent=5; these have it: list, top, fix, sweep|zreap reap",
                "sweep --older-than=5m|has no option --older-than=5m; these have it: list, top|zreap sweep",
                "why --all|zreap: zreap why has no option --all|zreap why",
                "help kill|zreap: there is no command 'kill'; did you mean zreap reap?|zreap",
                "reap 161,162|'161,162' is neither PID nor PID@START: write blanks between PIDs, no commas|zreap reap",
                "sweep --all|zreap: zreap sweep has no option --all; sweep takes all that are old enough;|zreap sweep",
                "reap --all|zreap: zreap reap has no option --all; for all that there are: zreap sweep|zreap reap",
                "sweep --min-agee=5s|zreap sweep has no option --min-agee=5s; did you mean --min-age?|zreap sweep",
                "top 161|zreap: zreap top takes no argument '161'|zreap top",
                "reap|zreap: Missing required parameter: 'PID[@START]'|zreap reap",
            })
    void tellsInTwoLinesWhatMayBeMeant(String line, String why, String help) {
        assertEquals(ZreapCommand.WRONG_COMMAND_LINE, run(line.split(" ")));
        assertEquals(2, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains(why), err.toString());
        assertTrue(err.toString().endsWith("\nsee " + help + " --help\n"), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void namesItsCommandsIfNoneIsNamed() {
        assertEquals(ZreapCommand.WRONG_COMMAND_LINE, run());
        assertTrue(err.toString().startsWith("zreap: name a command: list, top, why, fix, reap, "), err.toString());
        assertTrue(err.toString().endsWith("\nsee zreap --help\n"), err.toString());
    }

    @Test
    void helps() {
        assertEquals(ZreapCommand.DONE, run("--help"));
        String all = out.toString();
        out.getBuffer().setLength(0);
        assertEquals(ZreapCommand.DONE, run("help"));
        assertEquals(all, out.toString());
        assertEquals(ZreapCommand.DONE, run("help", "sweep"));
        assertTrue(out.toString().contains("--min-age"), out.toString());
    }

    /** As in {@code zreap help | head}; it begins to write when its reader has gone. */
    @Test
    void isSilentWhereNobodyReads() throws Exception {
        Process zreap = new ProcessBuilder(
                        "sh",
                        "-c",
                        "read go; exec \"$0\" -cp \"$1\" org.zreap.cli.ZreapCommand help",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"))
                .start();
        zreap.getInputStream().close();
        try (Writer go = zreap.outputWriter()) {
            go.write("\n");
        }

        assertEquals("", new String(zreap.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(ZreapCommand.NO_READER, zreap.waitFor());
    }

    @Test
    void loadsWhatIsLoadedAlready() {
        Map<String, String> loaded = Map.of("recent", "4096", "allow_pidns", "Y");

        LoadCommand.requireSame(loaded, Map.of());
        LoadCommand.requireSame(loaded, Map.of("recent", "4096", "allow-pidns", "1"));
        ZreapException other =
                assertThrows(ZreapException.class, () -> LoadCommand.requireSame(loaded, Map.of("recent", "64")));
        ZreapException unknown =
                assertThrows(ZreapException.class, () -> LoadCommand.requireSame(loaded, Map.of("recnt", "64")));

        assertTrue(other.getMessage().startsWith("the module zreap is loaded already, with recent=4096"));
        assertTrue(unknown.getMessage().startsWith("the module zreap has no parameter recnt"));
    }

    @ParameterizedTest
    @CsvSource({
        "sweep --min-age 2m, 2",
        "sweep --min-age 1d, 2",
        "sweep --protect 10@5, 1",
        "sweep --protect 9 --protect 10, 1",
        "sweep --parent 11, 0",
    })
    void sweepsSpareWhatTheyAreToldTo(String line, int young) throws IOException {
        String listed = LIST_HEADER + "77 10 345 61000 1792 reapable - 0 0 - server child\n"
                + "78 12 345 59000 1792 reapable - 0 0 - server child\n";
        Files.writeString(proc.resolve("zreap"), listed);

        assertEquals(ZreapCommand.DONE, execute(line.split(" ")));
        List<String> said = out.toString().lines().toList();
        assertEquals("PID  NAME  RESULT  EXPLANATION", said.get(0));
        if (young == 0) {
            assertEquals(1, said.size(), said::toString);
        } else {
            assertTrue(said.get(1).startsWith(young + " spared: young ("), said::toString);
        }
        assertEquals(listed, Files.readString(proc.resolve("zreap")));
    }

    @Test
    void sweepTellsThatItSparedChildrenOfStoppedParent() throws IOException {
        String row = " 10 345 61000 1792 parent-stopped parent-stopped 0 0 - kubelet child\n";
        Files.writeString(proc.resolve("zreap"), LIST_HEADER + "77" + row + "78" + row);

        assertEquals(ZreapCommand.DONE, execute("sweep"));
        assertTrue(out.toString().contains("\n2 spared: parent-stopped ("), out.toString());
        assertTrue(out.toString().endsWith("), children of 10 (kubelet)\n"), out.toString());
        assertEquals(ZreapCommand.DONE, execute("sweep", "--json"));
        assertTrue(out.toString().contains("\"spared\" : \"parent-stopped\""), out.toString());
    }

    @Test
    void sweepTellsThatItSparedChildrenOfSomebodyOutsideTheContainer() throws IOException {
        Files.writeString(proc.resolve("zreap"), LIST_HEADER + "77 0 345 61000 - denied denied 0 0 - - child\n");

        assertEquals(ZreapCommand.DONE, execute("sweep"));
        assertTrue(
                out.toString()
                        .endsWith("\n1 spared: denied (outside of what the caller may touch), children of a parent"
                                + " outside of this PID namespace\n"),
                out.toString());
        assertEquals(ZreapCommand.DONE, execute("list", "--no-header", "--state", "denied"));
        String row = "\n77   0     1m   -       denied  denied  0    -       child\n";
        assertTrue(out.toString().endsWith(row), out.toString());
    }

    @Test
    void listsFromTheModule() throws IOException {
        Files.writeString(
                proc.resolve("zreap"), LIST_HEADER + "77 10 345 61000 1792 reapable - 0 0 - server a child\n");

        assertEquals(ZreapCommand.DONE, execute("list"));
        assertEquals("""
            PID  PPID  AGE  STATUS    STATE     SPARED  UID  PARENT  NAME
            77   10    1m   exited 7  reapable  -       0    server  a child
            """, out.toString());
    }

    @Test
    void listsFromProcWhereThereIsNoModule() {
        assertEquals(ZreapCommand.DONE, execute("list"));
        String told = "zreap: this is from /proc, which tells neither ages nor which are reapable: cannot use " + proc;
        assertTrue(err.toString().startsWith(told), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        err.getBuffer().setLength(0);
        assertEquals(ZreapCommand.DONE, execute("list", "--from", "proc"));
        assertEquals("", err.toString());
        assertEquals(ZreapCommand.MODULE_MISSING, execute("list", "--from", "kernel"));
        assertTrue(err.toString().startsWith("zreap: cannot use " + proc.resolve("zreap")), err.toString());
    }

    @Test
    void claimsNotWhatProcDoesNotTell() throws IOException {
        process("77", "77 (child) Z 10 ", 1792, "Name:\tchild\nTgid:\t77\nPPid:\t10\nUid:\t0\nThreads:\t1\n");

        assertEquals(ZreapCommand.DONE, execute("list"));
        String row = "\n77   10    -    exited 7  -      -       0    -       child\n";
        assertTrue(out.toString().endsWith(row), out.toString());
        assertEquals(ZreapCommand.DONE, execute("list", "--json"));
        assertEquals(ZreapCommand.DONE, execute("why", "--json", "77"));
        assertFalse(out.toString().contains("reapable"), out.toString());
        for (String state : List.of("reapable", "denied", "busy")) {
            err.getBuffer().setLength(0);
            assertEquals(ZreapCommand.FAILED, execute("list", "--state", state));
            assertTrue(err.toString().contains("/proc does not tell which zombies are " + state), err.toString());
        }
        assertEquals(ZreapCommand.DONE, execute("list", "--state", "traced"));
        assertEquals(ZreapCommand.FAILED, execute("top", "--older-than", "1s"));
        assertTrue(err.toString().contains("/proc does not tell the age of zombies"), err.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "--parent 10, 71 72",
        "--parent 11@5, ''",
        "--user root, 71 73",
        "--user 1000, 72",
        "--container aaaa, 71 72",
        "--container b, ''",
        "--state parent-stopped, 73",
        "--older-than 1m, 71 73",
        "--older-than 1m --user 0 --parent 10, 71",
        "--sort age, 73 71 72",
        "--sort parent, 73 71 72",
        "--sort uid, 71 73 72",
    })
    void listsOnlyThese(String options, String pids) throws IOException {
        Files.writeString(
                proc.resolve("zreap"),
                LIST_HEADER
                        + "71 10 1 61000 0 reapable - 0 0 - server c\n"
                        + "72 10 1 2000 0 reapable - 1000 0 - server c\n"
                        + "73 11 1 99000 0 parent-stopped - 0 0 - other c\n");
        process("10", "10 (server) S 0 ", 0, "Name:\tserver\nTgid:\t10\nPPid:\t0\nUid:\t0\nThreads:\t1\n");
        Files.writeString(proc.resolve("10/cgroup"), "0::/docker/" + "a".repeat(64) + "\n");

        assertEquals(ZreapCommand.DONE, execute(("list --no-header " + options).split(" ")));
        assertEquals(
                pids,
                out.toString().lines().map(line -> line.split(" ")[0]).collect(Collectors.joining(" ")),
                out.toString());
    }

    @Test
    void listsContainersWhereThereIsRoom() throws IOException {
        Files.writeString(proc.resolve("zreap"), LIST_HEADER + "77 10 5 61000 0 reapable - 0 0 - server c\n");
        String id = "a".repeat(64);
        process("77", "77 (c) Z 10 ", 0, "Tgid:\t77\nPPid:\t10\nUid:\t0\nThreads:\t1\nNSpid:\t77\t7\n");
        process("10", "10 (server) S 0 ", 0, "Tgid:\t10\nPPid:\t0\nUid:\t0\nThreads:\t1\nNSpid:\t10\t3\n");
        Files.writeString(proc.resolve("77/cgroup"), "0::/docker/" + id + "\n");
        Files.writeString(proc.resolve("10/cgroup"), "0::/docker/" + id + "\n");

        assertEquals(ZreapCommand.DONE, execute("list", "--wide"));
        assertEquals(ZreapCommand.DONE, execute("top", "--wide"));
        assertEquals("""
            PID PPID AGE STATUS STATE SPARED UID START CONTAINER CONTAINER-NAME IMAGE POD INNER PARENT NAME
            77 10 1m exited 0 reapable - 0 5 aaaaaaaaaaaa - - - 7 server c
            ZOMBIES OLDEST PPID CONTAINER CONTAINER-NAME IMAGE POD INNER PARENT
            1 1m 10 aaaaaaaaaaaa - - - 3 server
            """, out.toString().replaceAll(" +", " "));
        assertEquals(ZreapCommand.DONE, execute("list", "--wide", "--json"));
        assertTrue(out.toString().contains("\"container\" : \"" + id + "\""), out.toString());
        assertTrue(out.toString().contains("\"innerPid\" : 7"), out.toString());
        assertEquals(ZreapCommand.DONE, execute("top", "--wide", "--json"));
        assertTrue(out.toString().contains("\"parentInnerPid\" : 3"), out.toString());
    }

    @Test
    void namesContainersByTheStateOfTheirEngine(@TempDir Path host) throws IOException {
        Files.writeString(proc.resolve("zreap"), LIST_HEADER + "77 10 5 61000 0 reapable - 0 0 - server c\n");
        String id = "a".repeat(64);
        process("77", "77 (c) Z 10 ", 0, "Tgid:\t77\nPPid:\t10\nUid:\t0\nThreads:\t1\nNSpid:\t77\t7\n");
        process("10", "10 (server) S 0 ", 0, "Tgid:\t10\nPPid:\t0\nUid:\t0\nThreads:\t1\n");
        String pod = "/kubepods.slice/kubepods-pod2dd7a2b4_3f7a_4c51_9d5f_0c8d1f0e9a11.slice/crio-" + id + ".scope";
        Files.writeString(proc.resolve("77/cgroup"), "0::" + pod + "\n");
        Files.writeString(proc.resolve("10/cgroup"), "0::" + pod + "\n");
        Path config = host.resolve("run/containers/storage/overlay-containers/" + id + "/userdata/config.json");
        Files.createDirectories(config.getParent());
        Files.writeString(config, """
            {"annotations": {"io.kubernetes.container.name": "web\\u001b[2J", "io.kubernetes.cri-o.ImageName": "img:1",
            "io.kubernetes.pod.name": "web-1", "io.kubernetes.pod.namespace": "shop"}}
            """);
        String[] named = {"--host", host.toString()};

        assertEquals(ZreapCommand.DONE, execute("list", "--wide", named[0], named[1]));
        String names = "aaaaaaaaaaaa web\\033[2J img:1 shop/web-1 ";
        assertTrue(out.toString().replaceAll(" +", " ").contains(names + "7"), out.toString());
        assertEquals(ZreapCommand.DONE, execute("top", "--wide", named[0], named[1]));
        assertTrue(out.toString().replaceAll(" +", " ").contains(names + "- server"), out.toString());
        assertEquals(ZreapCommand.DONE, execute("list", "--wide", "--json", named[0], named[1]));
        assertTrue(out.toString().contains("\"podNamespace\" : \"shop\""), out.toString());
        out.getBuffer().setLength(0);
        for (String other : List.of("web", "img:1", "b")) {
            assertEquals(ZreapCommand.DONE, execute("list", "--no-header", "--container", other, named[0], named[1]));
            assertEquals("", out.toString(), other);
        }
        for (String container : List.of("aaa", "web\u001b[2J")) {
            out.getBuffer().setLength(0);
            assertEquals(
                    ZreapCommand.DONE, execute("list", "--no-header", "--container", container, named[0], named[1]));
            assertTrue(out.toString().startsWith("77 "), container);
        }
        assertEquals(ZreapCommand.DONE, execute("why", "77", named[0], named[1]));
        assertTrue(
                out.toString()
                        .contains("container " + id + " (web\\033[2J) of CRI-O, image img:1, pod shop/web-1"
                                + " (2dd7a2b4-3f7a-4c51-9d5f-0c8d1f0e9a11)"),
                out.toString());
        out.getBuffer().setLength(0);
        assertEquals(ZreapCommand.DONE, execute("why", "--json", "77", named[0], named[1]));
        assertTrue(Schemas.assertValid("why", out.toString()).get(0).contains("\"image\":\"img:1\""), out.toString());
    }

    /** As in a container that has the host's PID namespace, and a cgroup namespace of its own. */
    @Test
    void saysWhatToMountWhereTheCgroupIsOutside() throws IOException {
        Files.writeString(proc.resolve("zreap"), LIST_HEADER + "77 10 5 61000 0 reapable - 0 0 - server c\n");
        process("77", "77 (c) Z 10 ", 0, "Tgid:\t77\nPPid:\t10\nUid:\t0\nThreads:\t1\nNSpid:\t77\n");
        process("10", "10 (server) S 0 ", 0, "Tgid:\t10\nPPid:\t0\nUid:\t0\nThreads:\t1\n");
        Files.writeString(proc.resolve("77/cgroup"), "0::/../../cron.service\n");

        assertEquals(ZreapCommand.DONE, execute("why", "77"));

        assertTrue(out.toString().contains("/../../cron.service, unit cron.service; this cgroup"), out.toString());
        assertTrue(out.toString().contains("mount the host's /sys/fs/cgroup"), out.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "list --state zombie, there is no state zombie; there are reapable",
        "list --user nobody-here, there is no user nobody-here in /etc/passwd",
        "list --older-than 5, '5' is not a duration",
        "top --parent x, 'x' is neither PID nor PID@START",
        "top --sort age, expected one of",
    })
    void refusesFiltersThatMakeNoSense(String line, String why) throws IOException {
        Files.writeString(proc.resolve("zreap"), LIST_HEADER);

        assertEquals(ZreapCommand.WRONG_COMMAND_LINE, execute(line.split(" ")));
        assertTrue(err.toString().contains(why), err.toString());
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"too few\n", LIST_HEADER + "77 10 345 61000 65536 reapable - 0 0 - server child\n"})
    void listsFromProcWhereTheModuleIsNotUnderstood(String answer) throws IOException {
        Files.writeString(proc.resolve("zreap"), answer);

        assertEquals(ZreapCommand.DONE, execute("list"));
        assertEquals("PID  PPID  AGE  STATUS  STATE  SPARED  UID  PARENT  NAME\n", out.toString());
        assertEquals(ZreapCommand.FAILED, execute("list", "--from", "kernel"));
    }

    @ParameterizedTest
    @CsvSource({
        "reap, '', reaped",
        "release --min-age 2m, ' min-age=120000ms', released",
        "adopt --to 12 --signal USR1, ' to=12 signal=10', adopted",
        "adopt --dry-run, ' dry-run', would-adopt",
        "reap --force, ' force', reaped",
        "release --force --dry-run, ' dry-run force', would-release",
        "adopt --force, ' force', adopted",
    })
    void asksTheModule(String line, String options, String result) throws IOException {
        String verb = line.split(" ")[0];
        String request = (verb.equals("reap") ? "" : verb + " ") + TARGET + options + "\n";
        module(request, "4000000 " + result + " 0 1792 1 1 1 1 0 - - 10 5 server child");

        assertEquals(ZreapCommand.DONE, execute((line + " " + TARGET).split(" ")));
        assertTrue(out.toString().contains("4000000  child  " + result), out.toString());
        assertEquals(request, Files.readString(proc.resolve("zreap")).substring(0, request.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alive 16", "reused 116", "parent-stopped 11"})
    void saysThatItWasRefused(String result) throws IOException {
        module(TARGET + "\n", "4000000 " + result + " - - - - - - - - 10 5 server child");

        assertEquals(ZreapCommand.REFUSED, execute("reap", TARGET));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void goneIsDoneHoweverManyAreNamed(int number) throws IOException {
        String gone = "4000000 gone 3 - - - - - - - - - - - ";
        module((TARGET + "\n").repeat(number), Collections.nCopies(number, gone).toArray(String[]::new));
        List<String> line = new ArrayList<>(List.of("reap", "--json"));
        line.addAll(Collections.nCopies(number, TARGET));

        assertEquals(ZreapCommand.DONE, execute(line.toArray(String[]::new)));
        assertTrue(out.toString().contains("\"result\" : \"gone\""), out.toString());
    }

    /** A JVM that cannot start has 1, a shell 2, and the launcher of the package 6. */
    @Test
    void exitCodesAreItsOwn() {
        Set<Integer> codes = Set.of(
                ZreapCommand.MODULE_MISSING,
                ZreapCommand.NOT_PERMITTED,
                ZreapCommand.FAILED,
                ZreapCommand.REFUSED,
                ZreapCommand.WRONG_COMMAND_LINE);

        assertTrue(Collections.disjoint(codes, Set.of(1, 2, 6)), codes::toString);
        assertEquals(ZreapCommand.DONE, run("--help"));
        codes.forEach(code -> assertTrue(out.toString().contains("\n  " + code + " "), code + out.toString()));
    }

    @Test
    void saysWhatElseWentWrong() throws IOException {
        Files.createDirectory(proc.resolve("zreap"));

        assertEquals(ZreapCommand.FAILED, execute("reap", "77@5"));
        assertTrue(err.toString().startsWith("zreap: cannot use"), err.toString());
    }

    @Test
    void printsWhatWasDoneBeforeItFailed() throws IOException {
        String line = TARGET + "\n";
        int first = (64 << 10) / line.length();
        module(
                line.repeat(first),
                Collections.nCopies(first, "4000000 reaped 0 1792 1 1 1 1 0 - - 10 5 server child")
                        .toArray(String[]::new));
        List<String> arguments = new ArrayList<>(List.of("reap"));
        arguments.addAll(Collections.nCopies(first + 1, TARGET));

        assertEquals(ZreapCommand.FAILED, execute(arguments.toArray(String[]::new)));
        assertEquals(1 + first, out.toString().lines().count());
        assertTrue(out.toString().contains("4000000  child  reaped"), out.toString());
        assertTrue(err.toString().startsWith("zreap: "), err.toString());
    }

    @Test
    void unexpectedFailuresAreNoRefusals() {
        command.addSubcommand("fail", new Failing(new IllegalStateException("a fault of ours")));
        command.addSubcommand("break", new Failing(new UnsatisfiedLinkError("no library")));
        command.setErr(new PrintWriter(err));

        assertEquals(ZreapCommand.FAILED, ZreapCommand.run(command, "fail"));
        assertEquals(ZreapCommand.FAILED, ZreapCommand.run(command, "break"));
        assertTrue(err.toString().contains("a fault of ours"), err.toString());
        assertTrue(err.toString().contains("no library"), err.toString());
    }

    @Command
    private record Failing(Throwable how) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            if (how instanceof Error error) {
                throw error;
            }
            throw (Exception) how;
        }
    }

    @Test
    void explains() throws IOException {
        process("77", "77 (child) Z 10 ", 1792, "Name:\tchild\nTgid:\t77\nPPid:\t10\nUid:\t0\nThreads:\t1\n");
        process("10", "10 (ser\033ver) S 0 ", 0, "Name:\tserver\nTgid:\t10\nPPid:\t0\nUid:\t0\nThreads:\t1\n");
        Files.writeString(proc.resolve("10/cgroup"), "0::/sys\033tem.slice/a.service\n");

        assertEquals(ZreapCommand.DONE, execute("why", "77@5"));
        String said = out.toString();
        assertTrue(said.startsWith("zombie      77@5 (child), exited 7, age -"), said);
        assertTrue(said.contains("parents     10@5 (ser\\033ver)"), said);
        assertTrue(said.contains("place       /sys\\033tem.slice/a.service"), said);
        assertTrue(said.contains("siblings    1 zombie of that parent"), said);
        assertTrue(said.contains("fix         author: "), said);
        assertEquals(
                "now         zreap reap 77@5",
                said.lines().reduce((one, next) -> next).orElseThrow());
        assertTrue(said.chars().noneMatch(c -> c < ' ' && c != '\n'), said);
    }

    @Test
    void tellsTheLimitsThatItKnows() throws IOException {
        process("77", "77 (child) Z 10 ", 1792, "Name:\tchild\nTgid:\t77\nPPid:\t10\nUid:\t0\nThreads:\t1\n");
        process("10", "10 (server) S 0 ", 0, "Name:\tserver\nTgid:\t10\nPPid:\t0\nUid:\t1000\nThreads:\t7\n");
        Files.writeString(proc.resolve("10/cgroup"), "0::/a.service\n");
        Files.writeString(Files.createDirectories(proc.resolve("sys/kernel")).resolve("pid_max"), "32768\n");
        Path group = Files.createDirectories(proc.resolve("cgroups/a.service"));
        String cgroups = group.getParent().toString();

        Files.writeString(group.resolve("pids.current"), "3\n");
        Files.writeString(group.resolve("pids.max"), "max\n");
        assertEquals(ZreapCommand.DONE, execute("why", "--cgroups", cgroups, "77"));
        assertTrue(out.toString().contains("\nroom        3 tasks in the cgroup; PIDs up to 32768\n"), out.toString());

        Files.writeString(group.resolve("pids.max"), "128\n");
        Files.writeString(proc.resolve("10/limits"), "Max processes  10  20  processes\n");
        assertEquals(ZreapCommand.DONE, execute("why", "--cgroups", cgroups, "77"));
        String room = "3 of 128 tasks in the cgroup /a.service; 7 of 10 for the parent's user; PIDs up to 32768";
        assertTrue(out.toString().contains("\nroom        " + room + "\n"), out.toString());
    }

    @Test
    void promisesNoReapOfWhatTheModuleNeverReaps() throws IOException {
        String row = "77 10 5 61000 1792 %s - 0 0 - server child\n";
        process("10", "10 (server) S 0 ", 0, "Name:\tserver\nTgid:\t10\nPPid:\t0\nUid:\t0\nThreads:\t1\n");

        Files.writeString(proc.resolve("zreap"), LIST_HEADER + row.formatted("reapable"));
        assertEquals(ZreapCommand.DONE, execute("why", "77"));
        assertTrue(out.toString().contains("if reaped   "), out.toString());

        out.getBuffer().setLength(0);
        Files.writeString(proc.resolve("zreap"), LIST_HEADER + row.formatted("kernel-child"));
        assertEquals(ZreapCommand.DONE, execute("why", "77"));
        assertFalse(out.toString().contains("if reaped"), out.toString());
    }

    @Test
    void advisesAgainstReapingWhereTheParentIsStopped() throws IOException {
        String row = "77 10 5 61000 1792 %s %s 0 0 - server child\n";
        process("10", "10 (server) S 0 ", 0, "Name:\tserver\nTgid:\t10\nPPid:\t0\nUid:\t0\nThreads:\t1\n");

        Files.writeString(proc.resolve("zreap"), LIST_HEADER + row.formatted("parent-stopped", "parent-stopped"));
        assertEquals(ZreapCommand.DONE, execute("why", "77"));
        assertTrue(
                out.toString().contains("now         do not reap: the parent may wait when it goes on."),
                out.toString());

        out.getBuffer().setLength(0);
        Files.writeString(proc.resolve("zreap"), LIST_HEADER + row.formatted("reapable", "parent-busy"));
        assertEquals(ZreapCommand.DONE, execute("why", "77"));
        assertTrue(
                out.toString().contains("now         do not reap: the parent may wait when it goes on."),
                out.toString());
    }

    @Test
    void tellsWhatIsNotThere() throws IOException {
        assertEquals(ZreapCommand.REFUSED, execute("why", "77"));
        process("77", "77 (child) Z 10 ", 0, "Tgid:\t77\nPPid:\t10\nUid:\t0\nThreads:\t1\n");
        assertEquals(ZreapCommand.REFUSED, execute("why", "77@6"));
        assertEquals("", out.toString());
        assertTrue(err.toString().startsWith("zreap: there is no process 77\n"), err.toString());
        assertTrue(
                err.toString().contains("there is no process 77@6; PID 77 is another process now, 77@5"),
                err.toString());
    }

    @Test
    void explainsLivingProcesses() throws IOException {
        process("10", "10 (server) S 0 ", 0, "Name:\tserver\nTgid:\t10\nPPid:\t0\nUid:\t0\nThreads:\t1\n");
        process("11", "11 (other) S 0 ", 0, "Name:\tother\nTgid:\t11\nPPid:\t0\nUid:\t0\nThreads:\t1\n");
        process("77", "77 (child) Z 10 ", 0, "Name:\tchild\nTgid:\t77\nPPid:\t10\nUid:\t0\nThreads:\t1\n");
        process("78", "78 (child) Z 10 ", 0, "Name:\tchild\nTgid:\t78\nPPid:\t10\nUid:\t0\nThreads:\t1\n");

        assertEquals(ZreapCommand.REFUSED, execute("why", "10", "4000", "11"));

        String said = out.toString();
        assertTrue(said.startsWith("process     10@5 (server)\nstate       It lives, and is no zombie.\n"), said);
        assertTrue(said.contains("\n\nzombies     2 alike: 77@5 (child), 78@5 (child)\ncause "), said);
        assertTrue(said.contains("\nnow         zreap reap 77@5 78@5\n\nprocess     11@5 (other)\n"), said);
        assertTrue(said.endsWith("now         nothing: it is no zombie and has none\n"), said);
        assertTrue(err.toString().contains("there is no process 4000"), err.toString());
    }

    @Test
    void explainsToPrograms() throws IOException {
        process("10", "10 (ser\u009bver) S 0 ", 0, "Name:\tserver\nTgid:\t10\nPPid:\t0\nUid:\t0\nThreads:\t1\n");
        Files.writeString(proc.resolve("10/cgroup"), "0::/docker/" + "a".repeat(64) + "/\u009bx\n");
        process("77", "77 (child) Z 10 ", 1792, "Name:\tchild\nTgid:\t77\nPPid:\t10\nUid:\t0\nThreads:\t1\n");
        process("78", "78 (child) Z 10 ", 1792, "Name:\tchild\nTgid:\t78\nPPid:\t10\nUid:\t0\nThreads:\t1\n");

        assertEquals(ZreapCommand.DONE, execute("why", "--json", "77", "10"));

        List<String> lines = Schemas.assertValid("why", out.toString());
        assertEquals(3, lines.size(), out.toString());
        assertTrue(lines.get(0).startsWith("{\"version\":1,\"type\":\"zombies\",\"zombies\":[{\"pid\":77,"));
        assertTrue(lines.get(0).contains("\"exitCode\":7"), lines.get(0));
        assertTrue(lines.get(0).endsWith("\"now\":{\"action\":\"reap\",\"text\":\"zreap reap 77@5\"}}"), lines.get(0));
        assertTrue(lines.get(1).contains("\"type\":\"process\""), lines.get(1));
        assertTrue(lines.get(1).contains("\"zombies\":2"), lines.get(1));
        assertTrue(lines.get(2).contains("{\"pid\":78,"), lines.get(2));
        assertTrue(out.toString().chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 127)), out.toString());
    }

    @Test
    void schemasTakeNothingElse() throws IOException {
        assertFalse(
                Schemas.of("why").validate("{\"version\":1}", InputFormat.JSON).isEmpty());
        assertFalse(Schemas.of("watch")
                .validate("{\"version\":2,\"type\":\"lost\"}", InputFormat.JSON)
                .isEmpty());
        assertFalse(Schemas.of("doctor")
                .validate("{\"version\":1,\"loaded\":true}", InputFormat.JSON)
                .isEmpty());
    }

    @Test
    void tellsWhatWasDone() throws IOException {
        Files.writeString(proc.resolve("zreap"), LIST_HEADER);
        Files.writeString(
                proc.resolve("zreap_recent"),
                "TIME_MS VERB CALLER CALLER_UID " + RESULTS
                        + "1795505444873 reap 128 0 77 reaped 0 256 1 2 3 61000 0 - - 10 5 server a child\n"
                        + "1795505444874 reap - 1000 0 alive 16 - - - - - - - - - - - other\n");

        assertEquals(ZreapCommand.DONE, execute("recent"));
        assertEquals("""
            TIME                      VERB  CALLER  UID   PID  START  NAME     RESULT  EXPLANATION
            2026-11-24T07:30:44.873Z  reap  128     0     77   5      a child  reaped  reaped, exited 1
            2026-11-24T07:30:44.874Z  reap  -       1000  0    -      other    alive   it is alive
            """, out.toString());
        out.getBuffer().setLength(0);
        assertEquals(ZreapCommand.DONE, execute("recent", "--json"));
        List<String> lines = Schemas.assertValid("watch", out.toString());
        assertTrue(lines.get(0).contains("\"exitCode\":1,\"userMicros\":1,"), lines.get(0));
        assertTrue(lines.get(1).contains("\"callerUid\":1000,\"pid\":0,\"result\":\"alive\""), lines.get(1));
    }

    @Test
    void needsTheModuleToTellWhatWasDone() {
        assertEquals(ZreapCommand.MODULE_MISSING, execute("recent"));
    }

    @Test
    void ranksParents() throws IOException {
        Files.writeString(
                proc.resolve("zreap"),
                LIST_HEADER
                        + "70 10 1 5000 0 reapable - 0 0 - few c\n"
                        + "71 11 1 61000 0 reapable - 0 0 - many c\n"
                        + "72 11 1 2000 0 reapable - 0 0 - many c\n");

        assertEquals(ZreapCommand.DONE, execute("top"));
        assertEquals("""
            ZOMBIES  OLDEST  PPID  PARENT
            2        1m      11    many
            1        5s      10    few
            """, out.toString());
        assertEquals(ZreapCommand.DONE, execute("top", "--json"));
        assertTrue(out.toString().contains("\"oldestMillis\" : 61000"), out.toString());
    }

    @Test
    void doctorSaysWhatIsMissing() throws IOException {
        assertEquals(ZreapCommand.MODULE_MISSING, execute("doctor"));
        assertTrue(out.toString().contains("procfs            no: cannot use " + proc), out.toString());

        Files.writeString(proc.resolve("zreap"), "PID START STATE COMM\n");
        assertEquals(ZreapCommand.DONE, execute("doctor"));
        assertTrue(out.toString().contains("procfs            yes"), out.toString());
    }

    @Test
    void doctorTellsPrograms() throws IOException {
        assertEquals(ZreapCommand.MODULE_MISSING, execute("doctor", "--json"));
        String without = Schemas.assertValid("doctor", out.toString()).get(0);
        assertTrue(
                without.contains("{\"name\":\"procfs\",\"available\":false,\"reason\":\"module-missing\","), without);

        out.getBuffer().setLength(0);
        Files.writeString(proc.resolve("zreap"), "PID START STATE COMM\n");
        assertEquals(ZreapCommand.DONE, execute("doctor", "--json"));
        String with = Schemas.assertValid("doctor", out.toString()).get(0);
        assertTrue(with.contains("{\"name\":\"procfs\",\"available\":true}"), with);
    }

    @Test
    void doctorSaysWhereTheModuleIsInstalled() {
        Path file = Path.of("/lib/modules/6.1.0/updates/zreap.ko");

        assertEquals(file.toString(), DoctorCommand.installed(() -> Optional.of(file)));
        assertEquals(
                "no, not for this kernel: see docs/kernels.md, Installing the module",
                DoctorCommand.installed(Optional::empty));
        assertEquals("not known: no folder: make one", DoctorCommand.installed(() -> {
            throw new ZreapException(Failure.of("no folder", "make one"));
        }));
    }

    @Test
    void saysThatItsOutputIsLost() throws IOException {
        Writer full = new OutputStreamWriter(new FileOutputStream("/dev/full"), StandardCharsets.US_ASCII);
        command.setOut(new PrintWriter(full));

        assertEquals(ZreapCommand.FAILED, ZreapCommand.run(command, "list", "--from", "proc"));
        assertEquals("zreap: cannot write the output\n", err.toString());
    }

    @Test
    void saysWhereResultsAreWhenItsOutputIsLost() throws IOException {
        module(TARGET + "\n", "4000000 reaped 0 1792 1 1 1 1 0 - - 10 5 server child");
        Writer full = new OutputStreamWriter(new FileOutputStream("/dev/full"), StandardCharsets.US_ASCII);
        command.setOut(new PrintWriter(full));

        assertEquals(ZreapCommand.FAILED, ZreapCommand.run(command, "reap", "--proc", proc.toString(), TARGET));
        assertEquals("zreap: cannot write the output; what was done is in /proc/zreap_recent\n", err.toString());
    }

    @Test
    void complainsOfALostOutputWhateverTheCommandLine() throws IOException {
        Writer full = new OutputStreamWriter(new FileOutputStream("/dev/full"), StandardCharsets.US_ASCII);
        command.setOut(new PrintWriter(full));

        assertEquals(ZreapCommand.FAILED, ZreapCommand.run(command, "--help"));
        assertEquals("zreap: cannot write the output\n", err.toString());
    }

    @Test
    void refusesParametersWithoutValue() {
        assertEquals(ZreapCommand.WRONG_COMMAND_LINE, run("load", "recent"));
    }

    private void process(String pid, String stat, int status, String text) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(pid));
        Files.writeString(folder.resolve("stat"), stat + "0 ".repeat(17) + "5 " + "0 ".repeat(29) + status + "\n");
        Files.writeString(
                folder.resolve("status"),
                text + "TracerPid:\t0\nSigBlk:\t0\nSigIgn:\t0\nSigCgt:\t0\nState:\t"
                        + (stat.contains(" Z ") ? "Z (zombie)" : "S (sleeping)") + "\n");
    }

    /**
     * A file serves as the module. It begins with the header of a list of zombies, filled up to the
     * length of the request: what is written falls on that, and what is read then is the answer.
     */
    private void module(String request, String... rows) throws IOException {
        String header = "PID START STATE COMM\n";
        String filling = "X".repeat(request.length() - header.length());
        Files.writeString(proc.resolve("zreap"), header + filling + RESULTS + String.join("\n", rows) + "\n");
    }

    private int execute(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(1, List.of("--proc", proc.toString()));
        return run(line.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Parser.of(arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void refusesNobody() {
        assertEquals(ZreapCommand.WRONG_COMMAND_LINE, run("reap"));
        assertEquals(ZreapCommand.WRONG_COMMAND_LINE, run());
    }
}
